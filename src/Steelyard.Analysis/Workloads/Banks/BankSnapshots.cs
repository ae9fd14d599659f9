using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads.Banks;

/// <summary>
/// A bank whose accounts are read all at once (Jepsen's <c>tests.bank</c>): each read holds the same accounts
/// with the same total, and no balance is negative. Under snapshot isolation every read is such a snapshot.
/// </summary>
/// <param name="opening">A map from account to its balance at first; nil takes the first completed
/// read.</param>
public sealed class BankSnapshots(Value opening) : IChecker
{
    /// <inheritdoc/>
    public string Name => "bank";

    /// <inheritdoc/>
    public string Sentence => "Transfers keep the total, and no account goes below zero";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new WorkloadFindings(Name);
        var (expected, total, reads) = (opening, opening.IsNil ? 0 : Total(opening), 0);
        foreach (var read in history.Operations)
        {
            if (read.Function is not (Functions.Balances or Functions.Read) || read.Outcome != Outcome.Ok)
                continue;
            if (read.Output.Kind != ValueKind.Map)
                throw Mistake(read, "balances as a map from account to cents", read.Output);
            reads++;
            if (expected.IsNil)
                (expected, total) = (read.Output, Total(read.Output));
            Judge(read, expected, total, findings);
        }

        if (!findings.IsEmpty)
            return findings.Broken();
        return reads == 0
            ? Verdict.Undecided(Name, "no balances were read")
            : Verdict.Holds(
                Name,
                $"each of {Count(reads, "read")} held all {Count(expected.AsMap.Length, "account")}"
                + $" with {total:N0} in all, none negative");
    }

    static long Total(Value balances)
    {
        var total = (Int128)0;
        foreach (var (_, balance) in balances.AsMap)
            total += balance.IsInteger ? balance.AsInteger : 0;
        return (long)Int128.Clamp(total, long.MinValue, long.MaxValue);
    }

    // Both maps are sorted by account, so one walk along them compares them.
    static void Judge(Operation read, Value expected, long total, WorkloadFindings findings)
    {
        var accounts = expected.AsMap;
        var (next, sameAccounts) = (0, true);
        foreach (var (account, balance) in read.Output.AsMap)
        {
            for (; next < accounts.Length && accounts[next].Key < account; next++)
                AddMissing(findings, read, accounts[next].Key, ref sameAccounts);
            if (next < accounts.Length && accounts[next].Key == account)
                next++;
            else
                AddAccount(
                    findings, "unexpected-key", read, account, "which is no account of this bank",
                    ref sameAccounts);
            if (balance.IsNil)
                AddAccount(findings, "nil-balance", read, account, "without a balance", ref sameAccounts);
            else if (IntegerOf(read, balance, "whole numbers as balances") < 0)
                findings.Add(
                    "negative-value",
                    () => $"process {read.ProcessName} read account {account} with {balance}", read.Index);
        }

        for (; next < accounts.Length; next++)
            AddMissing(findings, read, accounts[next].Key, ref sameAccounts);
        // Where accounts are wrong the total is wrong for that reason.
        if (sameAccounts && Total(read.Output) is var sum && sum != total)
            findings.Add(
                "wrong-total",
                () => $"process {read.ProcessName} read balances of {sum:N0} in all, where {total:N0} exist",
                read.Index);
    }

    static void AddMissing(
        WorkloadFindings findings, Operation read, Value account, ref bool sameAccounts)
    {
        sameAccounts = false;
        findings.Add(
            "missing-key",
            () => $"process {read.ProcessName} read all balances, and account {account} was not there",
            read.Index);
    }

    static void AddAccount(
        WorkloadFindings findings, string type, Operation read, Value account, string how,
        ref bool sameAccounts)
    {
        sameAccounts = false;
        findings.Add(type, () => $"process {read.ProcessName} read account {account}, {how}", read.Index);
    }
}
