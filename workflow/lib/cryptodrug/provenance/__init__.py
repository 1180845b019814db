"""Where every file comes from: records, content ids, chains, the public ledger."""
