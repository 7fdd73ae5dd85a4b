/** What api/web/widget.py tells the loader: words by language, and schools with language, colour and text colour. */
declare const settings: {
  words: Record<string, Record<string, string>>;
  sites: Record<string, [language: string, brand: string, onBrand: string]>;
};
