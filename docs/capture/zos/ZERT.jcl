//IRDZERT  JOB (ACCT),'IRONDRIFT ZERT',CLASS=A,MSGCLASS=H
//*------------------------------------------------------------------
//* Yesterday's zERT records, SMF type 119 subtypes 11 and 12, out of
//* SMF data sets (step DUMPMAN) or a log stream (step DUMPLOG): keep
//* the step that your installation needs.
//*
//* The user of this job needs READ to the SMF data sets or to the log
//* stream. Nothing is cleared: OPTIONS(DUMP) only copies.
//*
//* Subtype 12 (summary, every SMF interval) is what the nightly job
//* reads; subtype 11 (each session) can be many times larger. Leave
//* 11 out when nobody asks for it: TYPE(119(12)).
//*
//* An SMF dump carries its system's id and the times of its records,
//* so it needs no capture header, and being binary it could have none.
//*------------------------------------------------------------------
//DELETE   EXEC PGM=IEFBR14
//OLD      DD DSN=SECADM.IRDRIFT.ZERT,DISP=(MOD,DELETE),
//            UNIT=SYSDA,SPACE=(TRK,0)
//DUMPMAN  EXEC PGM=IFASMFDP
//SYSPRINT DD SYSOUT=*
//DUMPIN   DD DSN=SYS1.MAN1,DISP=SHR
//DUMPOUT  DD DSN=SECADM.IRDRIFT.ZERT,DISP=(NEW,CATLG,DELETE),
//            UNIT=SYSDA,SPACE=(CYL,(100,100),RLSE),
//            DCB=(RECFM=VBS,LRECL=32760,BLKSIZE=0)
//SYSIN    DD *
  INDD(DUMPIN,OPTIONS(DUMP))
  OUTDD(DUMPOUT,TYPE(119(11,12)))
  RELATIVEDATE(BYDAY,1,1)
/*
//DUMPLOG  EXEC PGM=IFASMFDL
//SYSPRINT DD SYSOUT=*
//DUMPOUT  DD DSN=SECADM.IRDRIFT.ZERT,DISP=(NEW,CATLG,DELETE),
//            UNIT=SYSDA,SPACE=(CYL,(100,100),RLSE),
//            DCB=(RECFM=VBS,LRECL=32760,BLKSIZE=0)
//SYSIN    DD *
  LSNAME(IFASMF.TCPIP,OPTIONS(DUMP))
  OUTDD(DUMPOUT,TYPE(119(11,12)))
  RELATIVEDATE(BYDAY,1,1)
/*
