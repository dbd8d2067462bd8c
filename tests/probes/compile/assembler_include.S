# Tries: to have the assembler show a file of the host in its messages.
# Must end: refused, because it is not there.
.include "/etc/shadow"
