//IRDFTP   JOB (ACCT),'IRONDRIFT TRANSFER',CLASS=A,MSGCLASS=H
//*------------------------------------------------------------------
//* Send the extracts to the host that runs irondrift.
//*
//* The SMF dump must keep its record descriptor words: binary and
//* LOCSITE RDW, because here z/OS is the client. When the other host
//* fetches, it says QUOTE SITE RDW and BINARY instead. A dump without
//* RDWs cannot be read, and irondrift says so.
//*
//* The SETROPTS listing is text: ASCII.
//*
//* SECURE_FTP in FTP.DATA, or sftp with Co:Z or z/OS OpenSSH, keeps
//* the transfer itself from being a finding.
//*------------------------------------------------------------------
//FTP      EXEC PGM=FTP,PARM='(EXIT'
//SYSPRINT DD SYSOUT=*
//OUTPUT   DD SYSOUT=*
//NETRC    DD DSN=SECADM.IRDRIFT.NETRC,DISP=SHR
//INPUT    DD *
evidence.example.com
locsite rdw
binary
put 'SECADM.IRDRIFT.ZERT' /irondrift/extracts/PRDA.zert.smf
ascii
locsite nordw
put 'SECADM.IRDRIFT.SETROPTS' /irondrift/extracts/PRDA.setropts.txt
quit
/*
