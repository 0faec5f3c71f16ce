package compose

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"net/netip"
	"time"
)

// benchmarkStart is the time of the first record of every large file.
var benchmarkStart = time.Date(2026, 11, 18, 0, 0, 0, 0, time.UTC)

// WriteLargeDirectory writes a z/VM directory of users Linux guests under one
// PROFILE, about eight lines each, without sequence numbers. The same seed gives
// the same bytes.
func WriteLargeDirectory(w io.Writer, users int, seed uint64) error {
	out := bufio.NewWriterSize(w, 1<<16)
	rng := rand.New(rand.NewPCG(seed, 1))
	head := append([]string{"DIRECTORY 0123 3390 M01RES"}, DirectoryLines(DirectoryEntry{
		Keyword: "PROFILE", Name: "LINDFLT", Statements: []string{
			"IPL CMS", "MACHINE ESA 4", "OPTION APPLMON", "CONSOLE 0009 3215 T",
			"SPOOL 000C 2540 READER *", "LINK MAINT 0190 0190 RR",
		}})...)
	out.Write(DirectoryText(head, nil))
	for i := range users {
		e := DirectoryEntry{Name: fmt.Sprintf("L%07d", i), Password: "LBYONLY", Storage: "4G", MaxStorage: "16G", Class: "G",
			Statements: []string{"INCLUDE LINDFLT", "LOGONBY LINADM1 LINADM2"}}
		switch rng.IntN(50) {
		case 0:
			e.Password = fmt.Sprintf("PW%06d", rng.IntN(1_000_000))
		case 1:
			e.Class = "BG"
		case 2:
			e.Statements = append(e.Statements, "OPTION LNKNOPAS")
		}
		e.Statements = append(e.Statements,
			fmt.Sprintf("NICDEF 0600 TYPE QDIO LAN SYSTEM VSW%d VLAN %d", 1+rng.IntN(4), 100+rng.IntN(40)),
			fmt.Sprintf("MDISK 0100 3390 %d 3338 LNX%03d MR", 1+3338*(i%10), i/10%1000),
			fmt.Sprintf("MDISK 0101 3390 %d 3338 LNY%03d MR", 1+3338*(i%10), i/10%1000))
		out.Write(DirectoryText(DirectoryLines(e), nil))
	}
	return out.Flush()
}

// WriteLargeQAUDITSK writes a QAUDITSK CSV of rows entries on services listening
// ports, about 100 bytes a row: the dialect [QAUDITSK] with eight columns. About
// two of five rows are S and follow the A row of the same connection.
func WriteLargeQAUDITSK(w io.Writer, rows, services int, seed uint64) error {
	out := bufio.NewWriterSize(w, 1<<16)
	rng := rand.New(rand.NewPCG(seed, 2))
	d := QAUDITSK().Pick("SKSEQN", "SKTSTP", "SKTYPE", "SKLPRT", "SKRADR", "SKRPRT", "SKSVER", "SKSPRP")
	line := d.AppendHeader(nil)
	if _, err := out.Write(line); err != nil {
		return err
	}
	row := SKRow{Time: benchmarkStart}
	step := 24 * time.Hour / time.Duration(max(rows, 1))
	for i := range rows {
		row.Sequence = uint64(i + 1)
		row.Time = row.Time.Add(step)
		if row.Type == 'A' && row.LocalPort%2 == 0 && rng.IntN(5) < 4 {
			row.Type, row.SecureVersion = 'S', "TLSV1.2"
			row.SecureProperties = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"
		} else {
			row.Type, row.SecureVersion, row.SecureProperties = 'A', "", ""
			row.LocalPort = uint16(1024 + rng.IntN(services))
			row.RemotePort = uint16(49152 + rng.IntN(16384))
			row.RemoteAddr = fmt.Sprintf("10.%d.%d.%d", 32+rng.IntN(4), rng.IntN(8), 1+rng.IntN(250))
		}
		line = d.AppendRow(line[:0], &row)
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	return out.Flush()
}

// WriteLargeZERT writes an unblocked dump of records subtype 12 records of
// sessions security sessions on about a third as many services, in turn, without
// certificate names: half TLS, a quarter SSH, a quarter unprotected. The dump
// header comes first and the trailer last, in addition to records.
func WriteLargeZERT(w io.Writer, records, sessions int, seed uint64) error {
	out := bufio.NewWriterSize(w, 1<<16)
	rng := rand.New(rand.NewPCG(seed, 3))
	out.Write(DumpHeader(benchmarkStart.Add(25*time.Hour), "BNCH"))
	protos := make([]ZERTSummary, sessions)
	for i := range protos {
		service := i / 3
		z := ZERTSummary{
			Header:           SMFHeader{SID: "BNCH", SSI: "STC"},
			Ident:            TCPIPIdent{SYSName: "BENCH", SysplexName: "BENCHPLX", Stack: "TCPIP", ReleaseID: "V3R1", ASName: "TCPIP", UserID: "TCPIP", Reason: ReasonMore},
			IntervalDuration: 30 * time.Minute,
			Flags:            FlagServer,
			Jobname:          fmt.Sprintf("SRV%05d", service%100000),
			UserID:           "STCUSER",
			SrvIP:            netip.AddrFrom4([4]byte{10, 9, byte(service >> 16), byte(service >> 8)}),
			CltIP:            netip.AddrFrom4([4]byte{10, byte(64 + rng.IntN(4)), byte(rng.IntN(256)), byte(1 + rng.IntN(250))}),
			SrvPortStart:     uint16(1024 + service%60000),
			SessionID:        fmt.Sprintf("N-%040X", i),
		}
		switch {
		case i%2 == 0:
			z.TLS = &ZERTTLS{Source: SourceProvider, ProtVer: 0x0303, NegCipher: "C030", CSMsgAuth: 1,
				SCert: ZERTCert{7, 2, 6, 2, 2048}}
		case i%4 == 1:
			z.SSH = &ZERTSSH{Source: SourceProvider, ProtVer: 2, AuthMethod: 3, KexMethod: 6, SKeyType: 2, SKeyLen: 3072}
		}
		protos[i] = z
	}
	for i := range records {
		z := &protos[i%sessions]
		z.Header.Time = benchmarkStart.Add(time.Duration(1+i*48/records) * 30 * time.Minute)
		z.Ident.Reason = ReasonMore
		if i == records-1 || i*48/records != (i+1)*48/records {
			z.Ident.Reason = ReasonLast // of the set of this interval
		}
		z.Init = z.End
		z.End.LifeConnCnt += uint32(1 + i%7)
		z.End.LifeInBytes += 4096
		z.End.LifeOutBytes += 16384
		if _, err := out.Write(z.Record()); err != nil {
			return err
		}
	}
	out.Write(DumpTrailer(benchmarkStart.Add(25*time.Hour), "BNCH"))
	return out.Flush()
}
