using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Linearizability;

/// <summary>Registers in which every write and exchange brings a value of its own, and some exchanges lie
/// about what they found.</summary>
internal static class ExchangeSpecimens
{
    public static History CasRegister(RandomHistories random)
    {
        var state = Value.Nil;
        var written = 0;
        var next = random.Random;
        return random.Next(
            () => next.Next(4) switch
            {
                0 => ("read", "x", Value.Nil),
                1 => ("write", "x", ++written),
                _ => ("cas", "x", Value.List(next.Next(3) == 0 ? next.Next(3) : state, ++written)),
            },
            (function, _, input) =>
            {
                if (function == "read")
                    return (true, state);
                var matches = function == "write" || state == input.AsList[0];
                if (function == "cas" && random.MutateOneIn > 0 && next.Next(12) == 0)
                    return (!matches, Value.Nil);
                if (matches)
                    state = function == "cas" ? input.AsList[1] : input;
                return (matches, Value.Nil);
            },
            (function, output) => function == "read" ? next.Next(written + 2) : output);
    }

    public static History Rmw(RandomHistories random)
    {
        var state = Value.Nil;
        var written = 0;
        var next = random.Random;
        return random.Next(
            () => next.Next(4) switch
            {
                0 => ("read", "x", Value.Nil),
                1 => ("write", "x", ++written),
                _ => ("rmw", "x", ++written),
            },
            (function, _, input) =>
            {
                var found = state;
                state = function == "read" ? state : input;
                return (true, function == "write" ? Value.Nil : found);
            },
            (function, output) => function == "write" ? output : next.Next(written + 2));
    }

    public static object? RmwStep(object state, Operation operation)
    {
        var now = (string)state;
        var isTold = operation.Outcome == Outcome.Ok && operation.Function != "write";
        if (isTold && operation.Output.ToString() != now)
            return null;
        return operation.Function == "read" ? now : operation.Input.ToString();
    }
}
