// @ts-check
/**
 * Says how many, in the form that the language has for that number.
 *
 * @param {string} language
 * @returns {(count: number, forms: {one?: string, other: string}) => string} with the number in the place of #
 */
export function pluralOf(language) {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (count, forms) => {
    const form = /** @type {Record<string, string>} */ (forms)[rules.select(count)] ?? forms.other;
    return form.replace('#', numbers.format(count));
  };
}
