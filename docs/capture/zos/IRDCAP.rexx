/* REXX - print the irondrift capture header around the output of a  */
/* TSO command:                                                      */
/*                                                                   */
/*   %IRDCAP SETROPTS LIST                                           */
/*                                                                   */
/* writes to DD IRDOUT (RECFM=VB, LRECL=259). The command's output   */
/* is trapped, so that its lines can be counted; what cannot be      */
/* trapped does not arrive, and then the extract is empty.           */
parse arg command
if command = '' then do
  say 'IRDCAP: name the TSO command to capture'
  exit 12
end
x = OUTTRAP('line.', '*', 'NOCONCAT')
address TSO command
rc_command = rc
x = OUTTRAP('OFF')
if rc_command <> 0 | line.0 = 0 then do
  say 'IRDCAP:' command 'ended with' rc_command 'and' line.0 'lines;',
      'no extract is written'
  do i = 1 to line.0
    say line.i
  end
  exit 8
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
  say 'IRDCAP: EXECIO ended with' failed 'while writing IRDOUT'
  exit 8
end
exit 0

seconds: procedure
  parse arg hhmmss
  return 3600 * LEFT(hhmmss, 2) + 60 * SUBSTR(hhmmss, 3, 2) + RIGHT(hhmmss, 2)
