-- The same connections from the SQL service (7.3 and later) instead of
-- CPYAUDJRNE, as file QTEMP/QAUDITSK. Choose this or sk.sql, not both.
--
-- Authority: *USE to the journal and its receivers, *OBJEXIST to the journal.
--
-- Give the start: without one the service returns about one day, whatever is
-- in the receivers.
CREATE TABLE QTEMP.QAUDITSK AS (
  SELECT *
  FROM TABLE(SYSTOOLS.AUDIT_JOURNAL_SK(
    STARTING_RECEIVER_NAME => '*CURAVLCHN',
    STARTING_TIMESTAMP     => TIMESTAMP(CURRENT DATE - 1 DAY, TIME('02.00.00')),
    ENDING_TIMESTAMP       => TIMESTAMP(CURRENT DATE, TIME('02.00.00'))))
) WITH DATA;
