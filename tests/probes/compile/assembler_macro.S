# Tries: an assembler macro that calls itself twice.
# Must end: at a limit, or refused by the assembler; no file comes out.
.macro twice depth
  .if \depth
    twice "(\depth-1)"
    twice "(\depth-1)"
  .endif
  .quad \depth
.endm
twice 60
