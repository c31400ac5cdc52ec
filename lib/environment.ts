/** A setting is missing or wrong; the message names the variable and what it must hold. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/** Reads a function's settings once, typed. Only the doors in `functions` call it, with `process.env`. */
export function createEnvironment(variables: Readonly<Record<string, string | undefined>>) {
  const refuse = (name: string, expected: string): never => {
    throw new EnvironmentError(`The environment variable ${name} must be ${expected}.`);
  };
  const textOrNull = (name: string) => variables[name] || null;
  return {
    text: (name: string): string => textOrNull(name) ?? refuse(name, 'set'),
    textOrNull,
    flag: (name: string): boolean => oneOf(name, ['true', 'false']) === 'true',
    oneOf,
    /** A whole number of at least 1. */
    count: (name: string): number => {
      const text = variables[name] ?? '';
      return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : refuse(name, 'a whole number of at least 1');
    },
    /** A whole number, 0 included. */
    whole: (name: string): number => {
      const text = variables[name] ?? '';
      return /^\d{1,9}$/.test(text) ? Number(text) : refuse(name, 'a whole number');
    },
    /** JSON, or undefined when the variable is not set. */
    json(name: string): unknown {
      const text = textOrNull(name);
      if (text === null) {
        return undefined;
      }
      try {
        return JSON.parse(text);
      } catch {
        return refuse(name, 'JSON');
      }
    },
  };

  function oneOf<const T extends string>(name: string, choices: readonly T[]): T {
    const found = choices.find((choice) => choice === variables[name]);
    return found ?? refuse(name, choices.map((choice) => `"${choice}"`).join(' or '));
  }
}
