// A workbook on stdin, locked with a password, on stdout: node crypt.js agile|standard
const crypto = require(require.resolve("officecrypto-tool", { paths: [process.env.ODD_NODE || process.cwd()] }));
const data = require("fs").readFileSync(0);
const options = { password: "mat-khau" };
if (process.argv[2] === "standard") options.type = "standard";
Promise.resolve(crypto.encrypt(data, options)).then((b) => process.stdout.write(Buffer.from(b)));
