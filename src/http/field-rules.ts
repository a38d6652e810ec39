import { getMetadataStorage, ValidationTypes, type ValidationArguments } from 'class-validator';

/** One line of class-validator's metadata. */
export type RuleMetadata = ReturnType<
  ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']
>[number];

/** A rule of class-validator, found once: the very same function that class-validator would look up and call. */
interface Rule {
  readonly validate: (value: unknown, args: ValidationArguments) => unknown;
  readonly each: boolean;
  readonly constraints: unknown[];
  readonly appliesIf: ((object: object, value: unknown) => boolean) | undefined;
}

/** The rules of one field. */
export interface FieldRules {
  /** @IsOptional, @ValidateIf: the rules count only when all of these say so. */
  readonly conditions: readonly ((object: object, value: unknown) => boolean)[];
  readonly rules: readonly Rule[];
  /** @ValidateNested: its objects must keep the rules of their class as well. */
  readonly nested: boolean;
}

/** Reads the rules of a field from its metadata. */
export function compileRules(metadata: readonly RuleMetadata[], field: string): FieldRules {
  const conditions: ((object: object, value: unknown) => boolean)[] = [];
  const rules: Rule[] = [];
  let nested = false;
  for (const item of metadata) {
    switch (item.type) {
      case ValidationTypes.CONDITIONAL_VALIDATION:
        conditions.push(item.constraints[0] as (object: object, value: unknown) => boolean);
        break;
      case ValidationTypes.NESTED_VALIDATION:
        nested = true;
        break;
      case ValidationTypes.WHITELIST:
        break;
      case ValidationTypes.CUSTOM_VALIDATION:
      case ValidationTypes.IS_DEFINED:
        rules.push(...rulesOf(item, field));
        break;
      default:
        throw new Error(`${field}: requests do not support the rule ${item.type}.`);
    }
  }
  return { conditions, rules, nested };
}

function rulesOf(item: RuleMetadata, field: string): Rule[] {
  return getMetadataStorage()
    .getTargetValidatorConstraints(item.constraintCls)
    .map((constraint): Rule => {
      if (constraint.async) throw new Error(`${field}: the rules of requests are synchronous.`);
      const { instance } = constraint;
      return {
        validate: (value, args) => instance.validate(value, args),
        each: item.each,
        constraints: item.constraints as unknown[],
        appliesIf: item.validateIf as Rule['appliesIf'],
      };
    });
}

/**
 * Whether a value keeps the rules of its field, nested objects aside. Says what class-validator says (a property test
 * holds them together), without its search for metadata and its error objects.
 */
export function keepsRules(object: object, property: string, value: unknown, field: FieldRules): boolean {
  for (const rule of field.rules) {
    if (rule.appliesIf !== undefined && !rule.appliesIf(object, value)) continue;
    const args = {
      targetName: object.constructor.name,
      property,
      object,
      value,
      constraints: rule.constraints,
    };
    if (rule.each && Array.isArray(value)) {
      for (const item of value as unknown[]) if (rule.validate(item, args) !== true) return false;
    } else if (rule.validate(value, args) !== true) return false;
  }
  return true;
}

/** Whether the field's rules count for this object; class-validator evaluates every condition, and so do we. */
export function isSubject(object: object, value: unknown, field: FieldRules): boolean {
  let subject = true;
  for (const condition of field.conditions) subject = condition(object, value) && subject;
  return subject;
}

/** The first item of a list that breaks a rule for its items, or -1 when none does. */
export function firstWrongItem(
  object: object,
  property: string,
  value: readonly unknown[],
  field: FieldRules,
): number {
  const each = field.rules.filter((rule) => rule.each);
  return value.findIndex((item) => !keepsRules(object, property, [item], { ...field, rules: each }));
}
