-- Which jobs and profiles use the connections of this moment, as file
-- QTEMP/NETJOBS: the only extract that joins a port to a user.
-- Authority: as netstat.sql.
CREATE TABLE QTEMP.NETJOBS AS (
  SELECT CONNECTION_TYPE, REMOTE_ADDRESS, REMOTE_PORT, LOCAL_ADDRESS, LOCAL_PORT,
         AUTHORIZATION_NAME, JOB_NAME, SLIC_TASK_NAME
  FROM QSYS2.NETSTAT_JOB_INFO
) WITH DATA;
