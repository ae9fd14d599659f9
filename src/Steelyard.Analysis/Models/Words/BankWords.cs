using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Models.Words;

/// <summary>"the transfer of $30.00 from account 4 to account 2 was refused for want of funds, although in
/// every order that fits so far account 4 held $90.35".</summary>
internal sealed class BankWords : ModelWords<Value>
{
    public override Contradiction Of(Operation operation, IReadOnlyList<Value> states) =>
        operation.Function == Functions.Transfer ? Transfer(operation, states) : Balances(operation, states);

    static Contradiction Transfer(Operation operation, IReadOnlyList<Value> states)
    {
        var (from, to) = (operation.Input["from"], operation.Input["to"]);
        var missing = states.All(state => state[from].IsNil) ? from : to;
        var what = $"the transfer of {Cents(operation.Input["amount"])} from account {from} to account {to}"
            + $" ({Who(operation)})"
            + (operation.Output == Value.Of(false) ? " was refused for want of funds" : " was paid");
        return states.All(state => state[missing].IsNil)
            ? new(what, $"account {missing} was", ["not there"])
            : new(what, $"account {from} held", states.Select(state => Cents(state[from])));
    }

    // An account that no state explains tells more than all of them together.
    static Contradiction Balances(Operation operation, IReadOnlyList<Value> states)
    {
        if (operation.Output.Kind == ValueKind.Map)
            foreach (var (account, cents) in operation.Output.AsMap)
                if (states.All(state => state[account] != cents))
                    return new(
                        $"{Who(operation)} read account {account} with {Cents(cents)}",
                        $"account {account} held", states.Select(state => Cents(state[account])));
        return new(
            $"{Who(operation)} read balances {Told(operation.Output)}", "together they were",
            states.Select(Told));
    }

    static string Cents(Value cents) => cents.IsInteger ? Money(cents.AsInteger)
        : cents.IsNil ? "nothing" : Told(cents);
}
