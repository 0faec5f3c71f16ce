-- Socket connections (SK) of the audit journal, from 02:00 yesterday to 02:00
-- today, as file QTEMP/QAUDITSK. Run by capture.clle.
--
-- Authority: *AUDIT for CPYAUDJRNE, *USE to the journal and its receivers.
--
-- Both ends are inclusive: an entry of 02:00:00 is in two nights. irondrift
-- counts it once in a night and does not mind it in two. JRNRCV(*CURCHAIN) is
-- needed: the default is the attached receiver only, and the entries before the
-- last change of receiver would be missing without a word.
--
-- When there is no entry at all, CPYAUDJRNE ends with CPF7062 and so does the
-- job: no extract arrives, and irondrift reports the evidence as missing. That
-- is right. A partition that audits connections has at least one in a day.
--
-- CPYAUDJRNE reads dates in the format of the job; capture.clle sets *YMD.
CALL QSYS2.QCMDEXC(
  'CPYAUDJRNE ENTTYP(SK) OUTFILE(QTEMP/QAUDIT) JRNRCV(*CURCHAIN)'
  CONCAT ' FROMTIME(' CONCAT VARCHAR_FORMAT(CURRENT TIMESTAMP - 1 DAY, 'YYMMDD') CONCAT ' 020000)'
  CONCAT ' TOTIME('   CONCAT VARCHAR_FORMAT(CURRENT TIMESTAMP, 'YYMMDD')         CONCAT ' 020000)');
