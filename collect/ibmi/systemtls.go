package ibmi

// The system values QSSLPCL and QSSLCSL name protocols and cipher suites in
// IBM's way: *TLSV1.2, *ECDHE_RSA_AES_128_GCM_SHA256. These two give the names
// that the other sources use.

// ProtocolName returns the name of a member of QSSLPCL: TLSv1.2 for *TLSV1.2. A
// special value such as *OPSYS stays as it is.
func ProtocolName(value string) string {
	name, protection := protocolName(value)
	if protection != "tls" {
		return value
	}
	return name
}

// SuiteName returns the IANA name of an item of QSSLCSL:
// TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 for *ECDHE_RSA_AES_128_GCM_SHA256. A
// special value such as *OPSYS stays as it is.
func SuiteName(value string) string {
	if !tlsSuite(value) {
		return value
	}
	return suiteName(value)
}
