-- All system values, as file QTEMP/SYSVAL.
--
-- Authority: *ALLOBJ or *AUDIT, else the audit values come back as *NOTAVL and
-- irondrift says unknown. From 7.6 the TLS values also need *IOSYSCFG or
-- function usage QIBM_IOSYSCFG_VIEW.
--
-- The first three columns exist on every release; the values are at most 3840
-- characters long.
CREATE TABLE QTEMP.SYSVAL AS (
  SELECT SYSTEM_VALUE_NAME, CURRENT_NUMERIC_VALUE,
         CAST(CURRENT_CHARACTER_VALUE AS VARCHAR(3840) CCSID 1208) AS CURRENT_CHARACTER_VALUE
  FROM QSYS2.SYSTEM_VALUE_INFO
) WITH DATA;
