/**
 * next-intl's loader of catalogs, which is an ES module only: Node.js before 20.19 and 22.12 can't `require` one, as the
 * bundler does with loaders.
 */
module.exports = async function load(source) {
  const callback = this.async();
  const context = Object.create(this, { async: { value: () => callback } });
  try {
    const { default: catalog } = await import("next-intl/extractor/catalogLoader");
    catalog.call(context, source);
  } catch (error) {
    callback(error);
  }
};
