-- Security attributes that are no system values, such as a pending password
-- level and whether the audit journal exists, as file QTEMP/SECURITY.
-- Needs 7.4 SF99704 level 13 or 7.3 SF99703 level 24.
--
-- Authority: *AUDIT, or from 7.6 *SECADM; the audit columns *ALLOBJ or *AUDIT.
CREATE TABLE QTEMP.SECURITY AS (
  SELECT * FROM QSYS2.SECURITY_INFO
) WITH DATA;
