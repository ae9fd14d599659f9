using Steelyard.Histories;

namespace Steelyard.Analysis;

/// <summary>Permits that are acquired and released; a mutex is one with a single permit.</summary>
internal sealed class SemaphoreModel(string name, int permits) : Model<long>
{
    public override string Name => name;

    public override bool KeysAreIndependent => true;

    public override long Initial(Value key) => permits;

    public override bool ResultMatters(Operation operation) => false;

    public override bool TryStep(long state, Operation operation, out long next)
    {
        next = operation.Function switch
        {
            "acquire" => state - 1,
            "release" => state + 1,
            _ => throw Unknown(operation, "acquire and release"),
        };
        return next >= 0 && next <= permits;
    }

    public override string Describe(long state) => $"{state} of {permits} free";
}

/// <summary>A number to which others are added, and which is read.</summary>
internal sealed class CounterModel : Model<long>
{
    public override string Name => "counter";

    public override bool KeysAreIndependent => true;

    public override long Initial(Value key) => 0;

    public override bool OnlyObserves(Operation operation) => operation.Function == Functions.Read;

    public override bool ResultMatters(Operation operation) => operation.Function == Functions.Read;

    public override bool TryStep(long state, Operation operation, out long next)
    {
        next = operation.Function == "add" ? state + operation.Input.AsInteger : state;
        return operation.Function switch
        {
            "add" => true,
            Functions.Read => Returned(operation, state),
            _ => throw Unknown(operation, "add and read"),
        };
    }
}
