/** Something that the person at the terminal can act upon: it is printed without a stack, and ends the program with exit code 1. */
export class Failure extends Error {
  override readonly name = 'Failure';
}
