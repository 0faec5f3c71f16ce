//IRDATTLS JOB (ACCT),'IRONDRIFT AT-TLS',CLASS=A,MSGCLASS=H
//*------------------------------------------------------------------
//* AT-TLS policy with its capture header: as it is in force, from
//* pasearch (step ACTIVE), and as the file says it (step FILE).
//*
//* The user of this job needs the authority that your installation
//* asks for pasearch (EZB.PAGENT profiles of class SERVAUTH), READ to
//* the policy file, and READ to the library of IRDUNIX.
//*
//* A policy file can hold the password of a key database (KeyringPw).
//* irondrift drops it as it reads; the copy on its way is yours to
//* protect. Better: a SAF key ring.
//*
//* Change: job card, library of IRDUNIX, path of the file, results.
//*------------------------------------------------------------------
//DELETE   EXEC PGM=IEFBR14
//OLD1     DD DSN=SECADM.IRDRIFT.PASEARCH,DISP=(MOD,DELETE),
//            UNIT=SYSDA,SPACE=(TRK,0)
//OLD2     DD DSN=SECADM.IRDRIFT.TTLSPOL,DISP=(MOD,DELETE),
//            UNIT=SYSDA,SPACE=(TRK,0)
//ACTIVE   EXEC PGM=IKJEFT01,DYNAMNBR=20
//SYSEXEC  DD DSN=SECADM.IRDRIFT.EXEC,DISP=SHR
//SYSTSPRT DD SYSOUT=*
//IRDOUT   DD DSN=SECADM.IRDRIFT.PASEARCH,DISP=(NEW,CATLG,DELETE),
//            UNIT=SYSDA,SPACE=(CYL,(5,5),RLSE),
//            DCB=(RECFM=VB,LRECL=1028,BLKSIZE=0)
//SYSTSIN  DD *
%IRDUNIX pasearch -t
/*
//FILE     EXEC PGM=IKJEFT01,DYNAMNBR=20
//SYSEXEC  DD DSN=SECADM.IRDRIFT.EXEC,DISP=SHR
//SYSTSPRT DD SYSOUT=*
//IRDOUT   DD DSN=SECADM.IRDRIFT.TTLSPOL,DISP=(NEW,CATLG,DELETE),
//            UNIT=SYSDA,SPACE=(CYL,(5,5),RLSE),
//            DCB=(RECFM=VB,LRECL=1028,BLKSIZE=0)
//SYSTSIN  DD *
%IRDUNIX cat /etc/pagent/TCPIP.ttls.policy
/*
