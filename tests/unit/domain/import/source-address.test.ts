import { describe, expect, it } from "vitest";
import { parseConfigIni } from "@/lib/domain/import/config-ini";
import { describeSource, parseSourceAddress } from "@/lib/domain/import/source-address";

describe("an SQLAlchemy URL", () => {
  it.each([
    ["sqlite:///app.db", { kind: "sqlite", file: "app.db" }],
    ["sqlite:////srv/app/app.db?timeout=5", { kind: "sqlite", file: "/srv/app/app.db" }],
    ["sqlite:///C:\\data\\app.db", { kind: "sqlite", file: "C:\\data\\app.db" }],
    ["sqlite+pysqlite:///file:app.db?mode=ro&uri=true", { kind: "sqlite", file: "app.db" }],
    [
      "postgresql+psycopg2://us%40er:p%40ss%3A%2F@db.example:6432/auth?sslmode=require&options=-csearch_path%3Dold",
      {
        kind: "postgresql",
        host: "db.example",
        port: 6432,
        user: "us@er",
        password: "p@ss:/",
        database: "auth",
        sslMode: "require",
        options: "-csearch_path=old",
      },
    ],
    ["postgres://db/auth", { kind: "postgresql", host: "db", port: 5432, sslMode: "prefer" }],
    ["postgresql://u:p@/auth?host=/run/postgresql", { host: "/run/postgresql", database: "auth", user: "u" }],
    ["postgresql://u:p@[::1]:5433/auth", { host: "::1", port: 5433 }],
    ["postgresql://u:p/w;#d@db/auth", { password: "p/w;#d", host: "db" }],
    ["postgresql://u:100%@db/auth", { password: "100%" }],
    [
      "mysql+pymysql://u:p@db/auth?charset=utf8mb4&ssl_ca=/etc/ca.pem",
      { kind: "mysql", port: 3306, tls: { caFile: "/etc/ca.pem" } },
    ],
    ["mariadb+mysqlconnector://u@/auth?unix_socket=/run/mysqld.sock", { socketPath: "/run/mysqld.sock" }],
    [
      "mssql+pyodbc://sa:P%40ss@sql.example:1444/auth?driver=ODBC+Driver+18+for+SQL+Server&TrustServerCertificate=yes&Encrypt=yes",
      {
        kind: "mssql",
        host: "sql.example",
        port: 1444,
        user: "sa",
        password: "P@ss",
        isEncrypted: true,
        trustsServerCertificate: true,
      },
    ],
    [
      "mssql+pyodbc://sa:x@sql/auth?driver=ODBC+Driver+18+for+SQL+Server&Encrypt=yes",
      { isEncrypted: true, trustsServerCertificate: false },
    ],
    [
      `mssql+pyodbc:///?odbc_connect=${encodeURIComponent("DRIVER={ODBC Driver 17 for SQL Server};SERVER=tcp:sql.example,1445;DATABASE=auth;UID=sa;PWD={a;b}}c=d};Encrypt=no")}`,
      {
        kind: "mssql",
        host: "sql.example",
        port: 1445,
        database: "auth",
        user: "sa",
        password: "a;b}c=d",
        isEncrypted: false,
      },
    ],
    [
      `mssql+pyodbc:///?odbc_connect=${encodeURIComponent("Server=.\\SQLEXPRESS;Database=auth;Uid=sa;Pwd=x")}`,
      { host: "localhost", instance: "SQLEXPRESS", isEncrypted: true, trustsServerCertificate: true },
    ],
    ["mssql+pymssql://sa:x@sql/auth", { kind: "mssql", host: "sql", port: 1433, instance: undefined }],
  ])("%s", (url, address) => {
    expect(parseSourceAddress(url)).toMatchObject(address);
  });

  it.each([
    ["oracle://u:secret@db/auth", /not a database that the original supports/],
    ["postgresql://u:secret@db", /has no database/],
    ["postgresql://u:secret@db:99999/auth", /not a port/],
    ["sqlite://", /has no file/],
    ["sqlite://app.db", /three slashes/],
    ["sqlite:///:memory:", /has no file/],
    ["mssql+pyodbc://u:secret@some_dsn", /data source \(DSN\)/],
    ["mssql+pyodbc://sql/auth?driver=x&Trusted_Connection=yes", /Windows or Entra/],
    [
      `mssql+pyodbc:///?odbc_connect=${encodeURIComponent("SERVER=sql;DATABASE=a;Authentication=ActiveDirectoryPassword;PWD=secret")}`,
      /Windows or Entra/,
    ],
    [`mssql+pyodbc:///?odbc_connect=${encodeURIComponent("DSN=x;PWD=secret")}`, /data source/],
    ["nonsense", /neither an SQLAlchemy URL/],
  ])("%s is refused in words without its password", (url, message) => {
    const refused = (() => {
      try {
        return parseSourceAddress(url);
      } catch (error) {
        return (error as Error).message;
      }
    })();
    expect(refused).toMatch(message);
    expect(refused).not.toContain("secret");
  });

  it("is shown without its password", () => {
    const text = describeSource(parseSourceAddress("mysql+pymysql://u:secret@db/auth"));
    expect(text).toBe("mysql://u@db:3306/auth");
  });
});

describe("the original's config.ini", () => {
  it("is read as Python reads it", () => {
    const text = [
      "\uFEFF# settings",
      "[app]",
      "SECRET_KEY = abc",
      "timezone: Europe/Paris",
      "",
      "[database]",
      "; the database",
      "SQLALCHEMY_DATABASE_URI = postgresql://u:p%%40;#x@db/auth",
      "[other]",
      "TIMEZONE = Asia/Tokyo",
    ].join("\r\n");
    expect(parseConfigIni(text)).toEqual({
      timeZone: "Europe/Paris",
      databaseUrl: "postgresql://u:p%40;#x@db/auth",
    });
  });

  it("may be silent", () => {
    expect(parseConfigIni("[app]\nTIMEZONE=\n")).toEqual({ timeZone: undefined, databaseUrl: undefined });
  });
});
