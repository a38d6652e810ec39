import { ValidateIf } from 'class-validator';

/** A field that may be left out. Unlike class-validator's IsOptional it does not take null for "left out". */
export const MayBeLeftOut = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);
