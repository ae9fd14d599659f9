using Steelyard.Histories;

namespace Steelyard.Analysis.Models.Words;

/// <summary>"process 1 read x = 1 and y = 2 at one instant, although in every order that fits so far they
/// were x = 1 and y = 0".</summary>
/// <param name="held">What a register holds in a state.</param>
internal sealed class MultiRegisterWords(Func<Value, Value, Value> held) : ModelWords<Value>
{
    public override Contradiction Of(Operation operation, IReadOnlyList<Value> states)
    {
        var reads = Reads(operation);
        return reads.Count == 0
            ? new($"{Who(operation)} was answered {Told(operation.Output)} when it asked for"
                + $" {Told(operation.Input)}", "the registers were", states.Select(Told))
            : new($"{Who(operation)} read {Pairs(reads)} at one instant",
                reads.Count == 1 ? "it was" : "they were",
                states.Select(state => Pairs(reads.ConvertAll(read =>
                    (read.Register, Value: held(state, read.Register))))));
    }

    static List<(Value Register, Value Value)> Reads(Operation operation)
    {
        var reads = new List<(Value, Value)>();
        if (operation.Output.Kind == ValueKind.List)
            foreach (var step in operation.Output.AsList)
                if (step.AsList[0] == Functions.Read || step.AsList[0] == "r")
                    reads.Add((step.AsList[1], step.AsList[2]));
        return reads;
    }

    static string Pairs(List<(Value Register, Value Value)> pairs) =>
        string.Join(" and ", pairs.Select(pair => $"{Told(pair.Register)} = {Told(pair.Value)}"));
}
