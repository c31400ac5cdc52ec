import { expect, test } from '@jest/globals';
import { javaMajorVersion } from '../../local/java.ts';

test.each([
  ['openjdk version "17.0.15" 2025-04-15', 17],
  ['openjdk version "21" 2023-09-19', 21],
  ['openjdk version "26-ea" 2026-03-17', 26],
  ['Picked up JAVA_TOOL_OPTIONS: -Xmx1g\njava version "11.0.2" 2019-01-15 LTS', 11],
  ['java version "1.8.0_381"', 8],
  ['The operation couldn’t be completed. Unable to locate a Java Runtime.', null],
  ['', null],
])('%j is Java %s', (output, version) => {
  expect(javaMajorVersion(output)).toBe(version);
});
