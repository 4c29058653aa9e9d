#include "include/late.h"

#if APPLIANCE_LOADS_LATE
// A function's stub jumps to where its record says: to the lines that look for it, and once found to the function.
// All that a caller may have passed in registers is handed on, so that the types of the functions do not matter.

#define LATE(library, name)                  \
  .globl name;                               \
  .hidden name;                              \
  .type name, @function;                     \
name:                                        \
  .cfi_startproc;                            \
  jmpq *record_##name(%rip);                 \
  .cfi_endproc;                              \
  .size name, .-name;                        \
find_##name:                                 \
  .cfi_startproc;                            \
  leaq record_##name(%rip), %r11;            \
  jmp find;                                  \
  .cfi_endproc;

  .text
#include "functions.h"
#undef LATE

find:
  .cfi_startproc
  pushq %rbp
  .cfi_def_cfa_offset 16
  .cfi_offset %rbp, -16
  movq %rsp, %rbp
  .cfi_def_cfa_register %rbp
  subq $192, %rsp
  movq %rdi, -8(%rbp)
  movq %rsi, -16(%rbp)
  movq %rdx, -24(%rbp)
  movq %rcx, -32(%rbp)
  movq %r8, -40(%rbp)
  movq %r9, -48(%rbp)
  movq %rax, -56(%rbp)
  movups %xmm0, -80(%rbp)
  movups %xmm1, -96(%rbp)
  movups %xmm2, -112(%rbp)
  movups %xmm3, -128(%rbp)
  movups %xmm4, -144(%rbp)
  movups %xmm5, -160(%rbp)
  movups %xmm6, -176(%rbp)
  movups %xmm7, -192(%rbp)
  movq %r11, %rdi
  callq appliance_late_find
  movq %rax, %r11
  movups -192(%rbp), %xmm7
  movups -176(%rbp), %xmm6
  movups -160(%rbp), %xmm5
  movups -144(%rbp), %xmm4
  movups -128(%rbp), %xmm3
  movups -112(%rbp), %xmm2
  movups -96(%rbp), %xmm1
  movups -80(%rbp), %xmm0
  movq -56(%rbp), %rax
  movq -48(%rbp), %r9
  movq -40(%rbp), %r8
  movq -32(%rbp), %rcx
  movq -24(%rbp), %rdx
  movq -16(%rbp), %rsi
  movq -8(%rbp), %rdi
  leave
  .cfi_def_cfa %rsp, 8
  jmpq *%r11
  .cfi_endproc

// The records: `struct function` of find.c.
#define LATE(library, name)                  \
record_##name:                               \
  .quad find_##name;                         \
  .quad name_##name;                         \
  .quad appliance_late_##library;

  .data
  .balign 8
#include "functions.h"
#undef LATE

#define LATE(library, name) name_##name: .asciz #name;

  .section .rodata
#include "functions.h"
#endif

#if defined(__linux__)
  .section .note.GNU-stack, "", @progbits
#endif
