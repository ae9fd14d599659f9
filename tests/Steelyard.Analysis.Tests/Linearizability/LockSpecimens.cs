using Steelyard.Analysis.Models;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Linearizability;

/// <summary>Locks that know their owners. Some grants should not have been given, and some tokens are
/// others'.</summary>
internal static class LockSpecimens
{
    public static readonly Held Free = new(-1, 0, 0, 0);

    public static IReadOnlyList<Specimen> All { get; } =
    [
        Of("owner-aware-mutex", KnownModels.OwnerAwareMutex(), limit: 1, isFenced: false),
        Of("reentrant-mutex", KnownModels.ReentrantMutex(), limit: 2, isFenced: false),
        Of("reentrant-fenced-mutex", KnownModels.ReentrantFencedMutex(), limit: 2, isFenced: true),
    ];

    static Specimen Of(string name, Model model, int limit, bool isFenced) => new(
        name, model, random => Generate(random, limit, isFenced, named: false), Free,
        (state, operation) => Step((Held)state, operation, operation.Process, limit, isFenced));

    /// <summary>A history in which each client does as the lock says, most of the time.</summary>
    public static History Generate(RandomHistories random, int limit, bool isFenced, bool named)
    {
        var (next, held) = (random.Random, Free);
        return random.Next(
            () => (next.Next(5) < 3 ? "acquire" : "release", Value.Nil, Value.Nil),
            (function, _, _) =>
            {
                var owner = named ? NameOf(random.Asking) : random.Asking;
                var mine = held.Holds > 0 && held.Owner == owner;
                var fits = function == "release" ? mine
                    : held.Holds == 0 || (mine && held.Holds < limit);
                if (!fits && (next.Next(5) > 0 || random.MutateOneIn == 0))
                    return (next.Next(3) == 0, Value.Of(false));
                if (function == "release")
                    held = held.Holds > 1 ? held with { Holds = held.Holds - 1 }
                        : Free with { Greatest = held.Greatest };
                else
                    held = mine && fits ? held with { Holds = held.Holds + 1 }
                        : new(owner, 1, held.Greatest + 1, held.Greatest + 1);
                var answer = isFenced && function == "acquire" ? (Value)held.Fence : Value.Nil;
                return (true, named ? Value.Map(("client", owner), ("fence", answer)) : answer);
            },
            (function, output) => output == Value.Of(false) || named ? output
                : isFenced && function == "acquire" ? next.Next(1, 4) : Value.Of(false));
    }

    /// <summary>What a client of a crashed process is called: the same as before.</summary>
    public static int NameOf(int process) => process % 100 % 3;

    /// <summary>The lock, written a second time.</summary>
    public static object? Step(Held held, Operation operation, int owner, int limit, bool isFenced)
    {
        var mine = held.Holds > 0 && held.Owner == owner;
        var fits = operation.Function == "release" ? mine : held.Holds == 0 || (mine && held.Holds < limit);
        if (operation.Outcome == Outcome.Ok && operation.Output == Value.Of(false))
            return fits ? null : held;
        if (!fits)
            return null;
        if (operation.Function == "release")
            return held.Holds > 1 ? held with { Holds = held.Holds - 1 }
                : Free with { Greatest = held.Greatest };
        var token = operation.Outcome == Outcome.Ok && isFenced ? TokenOf(operation.Output) : 0;
        if (token > 0 && (mine && held.Fence > 0 ? token != held.Fence : token <= held.Greatest))
            return null;
        return new Held(
            owner, mine ? held.Holds + 1 : 1, token > 0 ? token : mine ? held.Fence : 0,
            Math.Max(token, held.Greatest));
    }

    /// <summary>A history of permits whose clients are named by their answers.</summary>
    public static History GeneratePermits(RandomHistories random, int permits)
    {
        var (next, held) = (random.Random, new int[4]);
        return random.Next(
            () => (next.Next(5) < 3 ? "acquire" : "release", Value.Nil, Value.Nil),
            (function, _, _) =>
            {
                var owner = NameOf(random.Asking);
                var fits = function == "release" ? held[owner] > 0 : held.Sum() < permits;
                if (!fits && next.Next(5) > 0)
                    return (false, Value.Nil);
                held[owner] += function == "release" ? -1 : 1;
                return (true, Value.Map(("client", owner)));
            },
            (_, output) => output.IsNil ? output : Value.Map(("client", next.Next(3))));
    }

    /// <summary>The permits, written a second time: the names of those who hold one, each as often, in
    /// order.</summary>
    public static object? StepPermits(string held, Operation operation, int owner, int permits)
    {
        var name = (char)('a' + (owner % 20));
        if (operation.Function == "acquire")
            return held.Length < permits ? string.Concat((held + name).Order()) : null;
        return held.Contains(name) ? held.Remove(held.IndexOf(name), 1) : null;
    }

    static long TokenOf(Value output) =>
        output.Kind == ValueKind.Map ? output["fence"].AsInteger : output.AsInteger;

    internal sealed record Held(int Owner, int Holds, long Fence, long Greatest);
}
