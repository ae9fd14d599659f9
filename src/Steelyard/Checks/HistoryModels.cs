using Steelyard.Analysis;
using Steelyard.Analysis.Checkers.Effects;
using Steelyard.Files;
using Steelyard.Histories;

namespace Steelyard.Checks;

/// <summary>What a recorded history can be judged as: the words after <c>--model</c>.</summary>
public static class HistoryModels
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["register", "cas-register", "multi-register", "kv", "bank", "list-append", "rw-register"];

    /// <summary>The judges of a model.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="initial">What everything holds at first (a map), or nil for the model's own: registers
    /// nil (multi-registers x = 0 and y = 0), maps the empty text, banks what their first read shows.</param>
    /// <param name="history">The history that will be judged.</param>
    /// <param name="consistency">For transactions, the consistency model to hold them to; null is strict
    /// serializability.</param>
    /// <exception cref="UserMistakeException">There is no such model, or it takes no
    /// <paramref name="initial"/> or <paramref name="consistency"/>.</exception>
    public static IReadOnlyList<IChecker> Of(
        string name, Value initial, History history, string? consistency = null)
    {
        if (consistency is not null && name is not ("list-append" or "rw-register"))
            throw new UserMistakeException(
                $"--consistency: expected with the model list-append or rw-register, found with {name}");
        if (!initial.IsNil && name is not ("multi-register" or "bank"))
            throw new UserMistakeException(
                $"--initial: expected with the model multi-register or bank, found with {name}");
        if (!initial.IsNil && initial.Kind != ValueKind.Map)
            throw new UserMistakeException(
                $"--initial: expected a map such as {{x: 0, y: 0}}, found {initial}");
        return name switch
        {
            "register" => [new Linearizable(Models.Register())],
            "cas-register" => [new Linearizable(Models.CasRegister())],
            "multi-register" =>
                [new Linearizable(initial.IsNil ? Models.MultiRegister() : Models.MultiRegister(initial))],
            "kv" => [new Linearizable(Models.Kv())],
            "list-append" => [new ListAppend(consistency ?? "strict-serializable")],
            "rw-register" => [new RwRegister(consistency ?? "strict-serializable")],
            "bank" => Bank(initial, history),
            _ => throw new UserMistakeException(
                $"--model: expected one of {string.Join(", ", Names)}, found "
                    + $"\"{name}\"{Suggestion.For(name, Names)}"),
        };
    }

    /// <summary>
    /// Without its opening balances a bank can be held to its total and to never going negative (Jepsen's
    /// bank test); with them its order can be judged as well.
    /// </summary>
    static IReadOnlyList<IChecker> Bank(Value initial, History history)
    {
        var balances = initial.IsNil ? RecordedBank.FirstBalances(history) : initial;
        // Nobody knows what the accounts held at first, so no sum of payments is too much; a negative balance
        // still is.
        var opening = new SortedDictionary<long, long>();
        if (!balances.IsNil)
            foreach (var (account, cents) in balances.AsMap)
                opening[account.AsInteger] = initial.IsNil ? long.MaxValue / 4 : cents.AsInteger;
        List<IChecker> judges = [new TotalConserved(TotalOf(balances)), new NoOverdraft(opening)];
        if (!initial.IsNil)
            judges.Add(new Linearizable(Models.Bank(initial)));
        return judges;
    }

    static long TotalOf(Value balances)
    {
        var total = 0L;
        if (!balances.IsNil)
            foreach (var (_, cents) in balances.AsMap)
                total += cents.AsInteger;
        return total;
    }
}
