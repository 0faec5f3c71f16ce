// Runs one query over a QAUDITSK file with two threads and prints its result's
// number of rows. "plain" counts the rows of each service; "peers" also its
// protocols, suites and peers; "same" also names the networks, which is what
// irondrift says.
import { DuckDBInstance } from '@duckdb/node-api';

const [, , file, query] = process.argv;
const queries = {
  plain: `select SKTYPE, SKLPRT, count(*), min(SKTSTP), max(SKTSTP) from read_csv('${file}') group by all`,
  peers: `select SKTYPE, SKLPRT, count(*), min(SKTSTP), max(SKTSTP), list(distinct SKSVER), list(distinct SKSPRP), count(distinct SKRADR)
         from read_csv('${file}') group by all`,
  same: `select SKTYPE, SKLPRT, count(*), min(SKTSTP), max(SKTSTP), list(distinct SKSVER), list(distinct SKSPRP),
           list(distinct regexp_replace(SKRADR, '[.][0-9]+$', '.0/24')), count(distinct SKRADR)
         from read_csv('${file}') group by all`,
};
const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();
const reader = await connection.runAndReadAll(queries[query]);
console.log(reader.currentRowCount);
