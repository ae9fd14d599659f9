using Steelyard.Designs.Requests;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Bank;

/// <summary>
/// Accounts in cents, as a machine that replicas step: a transfer moves money or finds the funds short. It
/// remembers the id of every transfer it decided, so one that comes again, by whatever way, is answered and
/// not repeated.
/// </summary>
/// <param name="opening">What each account holds at the start.</param>
/// <param name="dedup">False forgets the ids: a retry is a new transfer (the mechanism removed).</param>
sealed class BankMachine(IReadOnlyDictionary<long, long> opening, bool dedup) : IStateMachine
{
    readonly SortedDictionary<long, long> _balances = new(opening.ToDictionary());
    readonly List<Value> _applied = [];
    readonly HashSet<Value> _known = [];
    readonly SortedSet<Value> _refused = [];

    /// <inheritdoc/>
    public bool IsRead(string function) => function == Functions.Balances;

    /// <inheritdoc/>
    public Completion Apply(in Command command) => command.Function switch
    {
        Functions.Balances => Completion.Ok(BankValues.OfBalances(_balances)),
        Functions.Transfer => Completion.Ok(Value.Of(Transfer(command.Input))),
        _ => throw new InvalidOperationException($"a bank has no {command.Function}"),
    };

    bool Transfer(Value transfer)
    {
        var id = transfer["id"];
        if (dedup && _known.Contains(id))
            return true;
        if (dedup && _refused.Contains(id))
            return false;
        var (from, to) = (transfer["from"].AsInteger, transfer["to"].AsInteger);
        var cents = transfer["amount"].AsInteger;
        if (_balances.GetValueOrDefault(from) < cents || !_balances.ContainsKey(to))
        {
            _refused.Add(id);
            return false;
        }

        _balances[from] -= cents;
        _balances[to] += cents;
        _known.Add(id);
        _applied.Add(id);
        return true;
    }

    /// <inheritdoc/>
    public Value Snapshot() => BankValues.OfState(_balances, _applied, _refused);

    /// <inheritdoc/>
    public void Restore(Value snapshot)
    {
        _balances.Clear();
        _applied.Clear();
        _known.Clear();
        _refused.Clear();
        if (snapshot.IsNil)
        {
            foreach (var (account, cents) in opening)
                _balances.Add(account, cents);
            return;
        }

        foreach (var (account, cents) in snapshot["balances"].AsMap)
            _balances.Add(account.AsInteger, cents.AsInteger);
        _applied.AddRange(snapshot["applied"].AsList);
        _known.UnionWith(_applied);
        foreach (var id in snapshot["refused"].AsList)
            _refused.Add(id);
    }
}

/// <summary>The bank's words as values.</summary>
static class BankValues
{
    public static Value OfBalances(IReadOnlyDictionary<long, long> balances)
    {
        var pairs = new (Value, Value)[balances.Count];
        var i = 0;
        foreach (var (account, cents) in balances)
            pairs[i++] = (account, cents);
        return Value.Map(pairs);
    }

    public static Value OfState(
        IReadOnlyDictionary<long, long> balances, List<Value> applied, IReadOnlyCollection<Value> refused) =>
        Value.Map(
            ("balances", OfBalances(balances)),
            ("applied", Value.List([.. applied])),
            ("refused", Value.List([.. refused])));
}
