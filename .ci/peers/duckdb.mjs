// Runs one query over a QAUDITSK file with two threads and prints its result's
// number of rows. Two queries: "plain" counts each service, "same" also says what
// irondrift says about it: protocols, suites, networks and how many peers.
import { DuckDBInstance } from '@duckdb/node-api';

const [, , file, query] = process.argv;
const queries = {
  plain: `select SKTYPE, SKLPRT, count(*), min(SKTSTP), max(SKTSTP) from read_csv('${file}') group by all`,
  same: `select SKTYPE, SKLPRT, count(*), min(SKTSTP), max(SKTSTP), list(distinct SKSVER), list(distinct SKSPRP),
           list(distinct regexp_replace(SKRADR, '[.][0-9]+$', '.0/24')), count(distinct SKRADR)
         from read_csv('${file}') group by all`,
};
const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();
const reader = await connection.runAndReadAll(queries[query]);
console.log(reader.currentRowCount);
