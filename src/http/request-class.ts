import { TransformationType } from 'class-transformer';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage, ValidationTypes } from 'class-validator';
import { compileRules, type FieldRules } from './field-rules.js';

export type Constructor = new () => object;

/** What @Type makes of a field's value; `plain` is taken as it comes. */
export type FieldType = 'plain' | 'number' | 'boolean' | 'date' | Constructor;

/** One field of a request class. */
export interface RequestField {
  readonly name: string;
  readonly type: FieldType;
  readonly isList: boolean;
  /** From @ArrayMaxSize: known here so that a list of a million items is refused before its items are looked at. */
  readonly maxItems: number;
  /** Of a text that may hold what can not be stored (@AnyText). */
  readonly takesAnyText: boolean;
  readonly rules: FieldRules;
}

/** What a class says of itself by the decorators of class-validator and class-transformer, read once. */
export interface RequestClass {
  readonly target: Constructor;
  readonly fields: ReadonlyMap<string, RequestField>;
  /** Those of the fields that hold objects with a class. */
  readonly nested: readonly RequestField[];
}

const known = new WeakMap<Constructor, RequestClass>();

/**
 * The fields of a request class.
 * @throws Error when the class uses what requests do not support: a mistake of ours, seen at the first request.
 */
export function requestClassOf(target: Constructor): RequestClass {
  let read = known.get(target);
  if (read === undefined) {
    read = readClass(target);
    known.set(target, read);
  }
  return read;
}

function readClass(target: Constructor): RequestClass {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(target, '', false, false);
  refuseUnsupported(target);
  const names = [...new Set(metadata.map((item) => item.propertyName))];
  const fields = names.map((name): RequestField => {
    const own = metadata.filter((item) => item.propertyName === name);
    const field = `${target.name}.${name}`;
    const nested = own.some((item) => item.type === ValidationTypes.NESTED_VALIDATION);
    const type = fieldType(target, name, field);
    if (nested !== (typeof type === 'function')) {
      throw new Error(`${field}: @ValidateNested() and @Type(() => Class) go together.`);
    }
    const maxItems = own.find((item) => item.name === 'arrayMaxSize')?.constraints[0] as number | undefined;
    return {
      name,
      type,
      isList:
        own.some((item) => item.each || item.name === 'isArray') ||
        Reflect.getMetadata('design:type', target.prototype as object, name) === Array,
      maxItems: maxItems ?? Number.POSITIVE_INFINITY,
      takesAnyText: own.some((item) => item.name === 'anyText'),
      rules: compileRules(own, field),
    };
  });
  return {
    target,
    fields: new Map(fields.map((field) => [field.name, field])),
    nested: fields.filter((field) => field.rules.nested),
  };
}

/** Requests are read by what @Type says and by nothing else, so that every conversion is one that is seen here. */
function refuseUnsupported(target: Constructor): void {
  const { PLAIN_TO_CLASS } = TransformationType;
  const used =
    defaultMetadataStorage.getExposedProperties(target, PLAIN_TO_CLASS).length > 0 ||
    defaultMetadataStorage.getExcludedProperties(target, PLAIN_TO_CLASS).length > 0;
  if (used) throw new Error(`${target.name}: requests support neither @Expose nor @Exclude.`);
}

function fieldType(target: Constructor, name: string, field: string): FieldType {
  const { PLAIN_TO_CLASS } = TransformationType;
  if (defaultMetadataStorage.findTransformMetadatas(target, name, PLAIN_TO_CLASS).length > 0) {
    throw new Error(`${field}: requests do not support @Transform.`);
  }
  // The declaration says always; it is undefined for a field without @Type.
  const metadata = defaultMetadataStorage.findTypeMetadata(target, name) as
    { typeFunction?: (options?: object) => unknown; options?: { discriminator?: unknown } } | undefined;
  if (metadata === undefined) return 'plain';
  if (metadata.options?.discriminator !== undefined) {
    throw new Error(`${field}: requests do not support the discriminator of @Type.`);
  }
  const type = metadata.typeFunction?.({ newObject: {}, object: {}, property: name });
  if (type === Number) return 'number';
  if (type === Boolean) return 'boolean';
  if (type === Date) return 'date';
  if (type === String) return 'plain';
  if (typeof type === 'function') return type as Constructor;
  throw new Error(`${field}: @Type must name a class, Number, Boolean, Date or String.`);
}
