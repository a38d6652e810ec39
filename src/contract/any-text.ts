import { buildMessage, ValidateBy } from 'class-validator';

/**
 * A text that is only looked up, and neither stored nor shown: it may hold what no column takes, such as NUL, and whoever looks it up
 * says what is wrong with it.
 */
export const AnyText = (): PropertyDecorator =>
  ValidateBy({
    name: 'anyText',
    validator: {
      validate: (value) => typeof value === 'string',
      defaultMessage: buildMessage(() => '$property must be a string'),
    },
  });
