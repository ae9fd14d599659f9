using Steelyard.Histories;

namespace Steelyard.Analysis.Models.Words;

/// <summary>"process 1 read 3 from x, although in every order that fits so far x held 1 or 2": of registers,
/// of those that exchange values, and of those read and written at one instant.</summary>
internal sealed class RegisterWords : ModelWords<Value>
{
    public override Contradiction Of(Operation operation, IReadOnlyList<Value> states)
    {
        var name = operation.Key.IsNil ? "the register" : Told(operation.Key);
        return new($"{Who(operation)} {Answer(operation, name)}", $"{name} held", states.Select(Told));
    }

    static string Answer(Operation operation, string name) => operation.Function switch
    {
        Functions.Read => $"read {Told(operation.Output.Sole())} from {name}",
        Functions.Rmw => $"read {Told(operation.Output)} from {name} as it wrote {Told(operation.Input)}",
        Functions.Cas when operation.Outcome == Outcome.Fail =>
            $"was told that {name} does not hold {Told(operation.Input.AsList[0])}",
        Functions.Cas =>
            $"put {Told(operation.Input.AsList[1])} in the place of {Told(operation.Input.AsList[0])}"
                + $" in {name}",
        _ => $"did {operation.Function} of {name}",
    };
}
