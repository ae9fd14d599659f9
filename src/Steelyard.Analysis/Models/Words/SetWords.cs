using Steelyard.Histories;

namespace Steelyard.Analysis.Models.Words;

/// <summary>"process 1 was told that 7 is in the set, although in every order that fits so far 7 was not in
/// it".</summary>
internal sealed class SetWords : ModelWords<Value>
{
    public override Contradiction Of(Operation operation, IReadOnlyList<Value> states)
    {
        if (operation.Function == Functions.Read)
            return new($"{Who(operation)} read {Told(operation.Output)}", "the set was", states.Select(Told));
        var element = Told(operation.Input);
        return new(
            $"{Who(operation)} was answered {Told(operation.Output)} by {operation.Function} {element}",
            $"{element} was",
            states.Select(state => state.AsList.Contains(operation.Input) ? "in the set" : "not in the set"));
    }
}
