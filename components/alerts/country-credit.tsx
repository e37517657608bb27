/** The attribution that the license of the file of countries asks for. */
export function CountryCredit() {
  const link = "text-link hover:underline";
  return (
    <>
      <a href="https://github.com/sapics/ip-location-db" className={link}>
        ip-location-db
      </a>
      , made of data of the{" "}
      <a href="https://www.nro.net/" className={link}>
        Number Resource Organization
      </a>{" "}
      under{" "}
      <a href="https://creativecommons.org/licenses/by/4.0/" className={link}>
        CC BY 4.0
      </a>
    </>
  );
}
