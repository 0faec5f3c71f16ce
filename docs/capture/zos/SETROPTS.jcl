//IRDSETR  JOB (ACCT),'IRONDRIFT SETROPTS',CLASS=A,MSGCLASS=H
//*------------------------------------------------------------------
//* SETROPTS LIST with its capture header.
//*
//* The user of this job needs AUDITOR or ROAUDIT, and no more: with
//* less, the audit options are not printed at all and irondrift says
//* that they are unknown. READ to the library of IRDCAP.
//*
//* Change: job card, library of IRDCAP, name of the result.
//*------------------------------------------------------------------
//DELETE   EXEC PGM=IEFBR14
//OLD      DD DSN=SECADM.IRDRIFT.SETROPTS,DISP=(MOD,DELETE),
//            UNIT=SYSDA,SPACE=(TRK,0)
//LIST     EXEC PGM=IKJEFT01,DYNAMNBR=20
//SYSEXEC  DD DSN=SECADM.IRDRIFT.EXEC,DISP=SHR
//SYSTSPRT DD SYSOUT=*
//IRDOUT   DD DSN=SECADM.IRDRIFT.SETROPTS,DISP=(NEW,CATLG,DELETE),
//            UNIT=SYSDA,SPACE=(TRK,(5,5),RLSE),
//            DCB=(RECFM=VB,LRECL=259,BLKSIZE=0)
//SYSTSIN  DD *
%IRDCAP SETROPTS LIST
/*
