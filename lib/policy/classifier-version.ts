/**
 * Names the classifier's rule set: stored with every suppression, changed with every change of a rule.
 * Apart from the rules, which functions that never classify need not load.
 */
export const CLASSIFIER_VERSION = 'classifier-1';
