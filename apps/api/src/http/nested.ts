import { applyDecorators } from '@nestjs/common';
import { IsObject, ValidateNested, type ValidationOptions } from 'class-validator';

/** An object of a class of its own, checked field by field. `ValidateNested` alone takes an array for a list of such objects, and an empty one for valid. */
export const Nested = (options?: ValidationOptions): PropertyDecorator => applyDecorators(IsObject(options), ValidateNested(options));
