const DOT_SEGMENT = /(?:^|[/\\]|%2f|%5c)(?:\.|%2e){1,2}(?:$|[/\\]|%2f|%5c)/i;

/**
 * Whether a path, decoded or not, has a step of `.` or `..`. What judged the path may have taken such steps otherwise than what
 * routed it, and nothing here has a name that needs them.
 */
export function hasDotSegment(path: string): boolean {
  return DOT_SEGMENT.test(path);
}
