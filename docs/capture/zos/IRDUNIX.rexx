/* REXX - print the irondrift capture header around the output of a  */
/* z/OS UNIX command:                                                */
/*                                                                   */
/*   %IRDUNIX pasearch -t                                            */
/*   %IRDUNIX cat /etc/pagent/TCPIP.ttls.policy                      */
/*                                                                   */
/* writes to DD IRDOUT (RECFM=VB, LRECL=1028). BPXWUNIX gives lines, */
/* so that they can be counted; a line that does not fit ends the    */
/* EXEC, since a cut line would read as another value.               */
parse arg command
if command = '' then do
  say 'IRDUNIX: name the command to capture'
  exit 12
end
longest = 1024
line.0 = 0
err.0 = 0
rc_command = BPXWUNIX(command,, line., err.)
if rc_command <> 0 | line.0 = 0 then do
  say 'IRDUNIX:' command 'ended with' rc_command 'and' line.0 'lines;',
      'no extract is written'
  do i = 1 to err.0
    say err.i
  end
  exit 8
end
do i = 1 to line.0
  if LENGTH(line.i) > longest then do
    say 'IRDUNIX: line' i 'has' LENGTH(line.i) 'characters;',
        'make IRDOUT and the variable longest larger'
    exit 8
  end
end

/* The symbols of local and of UTC time differ by the offset, up to  */
/* a tick between the two look-ups and a day's end.                  */
local = seconds(MVSVAR('SYMDEF', 'LHHMMSS'))
utc = seconds(MVSVAR('SYMDEF', 'HHMMSS'))
quarters = (local - utc) / 900
quarters = TRUNC(quarters + 0.5 * SIGN(quarters))
if quarters > 56 then quarters = quarters - 96     /* +14:00 is the most */
if quarters < -48 then quarters = quarters + 96    /* -12:00 is the least */
sign = '+'
if quarters < 0 then sign = '-'
q = ABS(quarters)
offset = sign || RIGHT(q % 4, 2, '0') || ':' || RIGHT(15 * (q // 4), 2, '0')
day = DATE('S')
now = LEFT(day, 4)'-'SUBSTR(day, 5, 2)'-'RIGHT(day, 2)
now = now'T'TIME('N')offset

queue '*> irondrift-capture 1'
queue '*> system:' MVSVAR('SYSNAME')
queue '*> time:' now
queue '*> user:' USERID()
queue '*> command:' command
queue '*> begin'
"EXECIO" QUEUED() "DISKW IRDOUT"
failed = rc
"EXECIO" line.0 "DISKW IRDOUT (STEM LINE."
failed = MAX(failed, rc)
queue '*> end lines:' line.0
"EXECIO 1 DISKW IRDOUT (FINIS"
failed = MAX(failed, rc)
if failed <> 0 then do
  say 'IRDUNIX: EXECIO ended with' failed 'while writing IRDOUT'
  exit 8
end
exit 0

seconds: procedure
  parse arg hhmmss
  return 3600 * LEFT(hhmmss, 2) + 60 * SUBSTR(hhmmss, 3, 2) + RIGHT(hhmmss, 2)
