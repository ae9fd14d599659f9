using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Effects;

/// <summary>
/// Finds acknowledged transfers out of one account that its balance could not pay. Sound on any history: from
/// a base (the opening balance, or a read) it counts only transfers that surely left after it, and grants
/// every transfer in that may have come by then. The witness is the base with the fewest such transfers.
/// </summary>
internal sealed class DoubleSpend
{
    // Reads tried as a base before the first violation; enough to find one close to it, whatever the
    // history's length.
    const int MostBases = 500;

    readonly IReadOnlyDictionary<long, long> _opening;
    readonly SortedDictionary<long, List<Movement>> _out = [];
    readonly SortedDictionary<long, List<Movement>> _in = [];
    readonly List<Operation> _reads = [];

    public DoubleSpend(History history, IReadOnlyDictionary<long, long> opening)
    {
        _opening = opening;
        var left = new HashSet<Value>();
        foreach (var operation in history.Operations)
        {
            if (operation is
                { Function: Functions.Balances, Outcome: Outcome.Ok, Output.Kind: ValueKind.Map })
                _reads.Add(operation);
            if (operation.Function != Functions.Transfer || operation.Input.Kind != ValueKind.Map)
                continue;
            var (from, to) = (operation.Input["from"], operation.Input["to"]);
            var refused = operation.Outcome == Outcome.Ok && operation.Output == Value.Of(false);
            if (from == to || refused || !operation.MayHaveHappened)
                continue;
            var movement = new Movement(operation, operation.Input["amount"].AsInteger);
            ListOf(_in, to).Add(movement);
            // A client may ask twice with one id; the money leaves once.
            if (operation.Outcome == Outcome.Ok && left.Add(IdOf(operation)))
                ListOf(_out, from).Add(movement);
        }

        foreach (var movements in _out.Values)
            movements.Sort(static (a, b) => a.Operation.CompletedAt.CompareTo(b.Operation.CompletedAt));
    }

    /// <summary>The most telling double spend, or null.</summary>
    public Anomaly? Find()
    {
        Spend? best = null;
        foreach (var account in _out.Keys)
        {
            var first = From(account, null, _opening.GetValueOrDefault(account));
            if (first is null)
                continue;
            best = Better(best, first);
            var basesLeft = MostBases;
            for (var i = _reads.Count - 1; i >= 0 && basesLeft > 0; i--)
            {
                if (_reads[i].InvokedAt > first.At || !_reads[i].Output[account].IsInteger)
                    continue;
                basesLeft--;
                best = Better(best, From(account, _reads[i], _reads[i].Output[account].AsInteger));
            }
        }

        return best?.ToAnomaly();
    }

    static Spend? Better(Spend? best, Spend? other) =>
        best is null || (other is not null && other.Weight < best.Weight) ? other : best;

    static List<Movement> ListOf(SortedDictionary<long, List<Movement>> lists, Value account)
    {
        if (!lists.TryGetValue(account.AsInteger, out var list))
            lists.Add(account.AsInteger, list = []);
        return list;
    }

    Spend? From(long account, Operation? read, long held)
    {
        var paid = new List<Movement>();
        var sum = 0L;
        var came = _in.GetValueOrDefault(account) ?? [];
        var granted = new List<Movement>();
        var grantedSum = 0L;
        var next = 0;
        foreach (var movement in _out[account])
        {
            if (read is { } since && movement.Operation.InvokedAt < since.CompletedAt)
                continue;
            paid.Add(movement);
            sum += movement.Cents;
            var by = movement.Operation.CompletedAt;
            for (; next < came.Count && came[next].Operation.InvokedAt < by; next++)
            {
                if (read is { } seen && EndOfEffect(came[next].Operation) < seen.InvokedAt)
                    continue;
                granted.Add(came[next]);
                grantedSum += came[next].Cents;
            }

            if (sum > held + grantedSum)
                return new(account, read, held, Fewest(paid, held + grantedSum), granted);
        }

        return null;
    }

    /// <summary>
    /// The largest payments that together exceed what could be paid; in order of completion.
    /// </summary>
    static List<Movement> Fewest(List<Movement> paid, long couldPay)
    {
        var chosen = new List<Movement>();
        var sum = 0L;
        foreach (var movement in paid.OrderByDescending(m => m.Cents).ThenBy(m => m.Operation.Index))
        {
            chosen.Add(movement);
            sum += movement.Cents;
            if (sum > couldPay)
                break;
        }

        chosen.Sort(static (a, b) => a.Operation.CompletedAt.CompareTo(b.Operation.CompletedAt));
        return chosen;
    }

    readonly record struct Movement(Operation Operation, long Cents);

    sealed record Spend(long Account, Operation? Read, long Held, List<Movement> Paid, List<Movement> Granted)
    {
        /// <summary>Position at which the spend was complete.</summary>
        public int At => Paid[^1].Operation.CompletedAt;

        /// <summary>
        /// Fewer operations tell more; one payment alone is an overdraft rather than a double spend.
        /// </summary>
        public int Weight => Paid.Count + (2 * Granted.Count) + (Paid.Count < 2 ? 3 : 0);

        public Anomaly ToAnomaly()
        {
            var paid = Paid.Sum(m => m.Cents);
            var came = Granted.Sum(m => m.Cents);
            var held = Read is { } read
                ? $"account {Account} held {Money(Held)} (read by process {read.ProcessName})"
                : $"account {Account} opened with {Money(Held)}";
            var granted = came == 0 ? "" : $" and at most {Money(came)} came in";
            var payments = Paid.Count switch
            {
                1 => $"{Describe(Paid[0])} was",
                2 => $"{Describe(Paid[0])} and {Describe(Paid[1])} were both",
                _ => $"{Count(Paid.Count, "transfer")} out of it, {Describe(Paid[^1])} the last, were all",
            };
            var text = $"{held}{granted}, yet {payments} acknowledged: {Money(paid)} paid,"
                + $" {Money(paid - Held - came)} of it twice";
            var witness = Granted.Concat(Paid).Select(m => m.Operation.Index);
            if (Read is { } seen)
                witness = witness.Prepend(seen.Index);
            return new("double-spend", text, [.. witness.Distinct().Order()]);
        }

        static string Describe(Movement movement)
        {
            var operation = movement.Operation;
            var where = operation.Node is { } node ? $" at {node}" : "";
            return $"{IdOf(operation)} ({Money(movement.Cents)} to account"
                + $" {operation.Input["to"]}{where})";
        }
    }
}
