using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Requests;

/// <summary>Registers by name: read, write, compare and set.</summary>
internal sealed class Registers : IStateMachine
{
    readonly SortedDictionary<Value, Value> _values = [];

    /// <inheritdoc/>
    public bool IsRead(string function) => function == Functions.Read;

    /// <inheritdoc/>
    public Completion Apply(in Command command)
    {
        var current = _values.GetValueOrDefault(command.Key);
        switch (command.Function)
        {
            case Functions.Read:
                return Completion.Ok(current);
            case Functions.Write:
                _values[command.Key] = command.Input;
                return Completion.Ok(command.Input);
            case Functions.Cas:
                if (current != command.Input.AsList[0])
                    // Without a reason: that it did not match is an observation, not a failure of ours.
                    return new(Outcome.Fail, Value.Nil);
                _values[command.Key] = command.Input.AsList[1];
                return Completion.Ok(command.Input);
            default:
                throw new InvalidOperationException($"a register has no {command.Function}");
        }
    }

    /// <inheritdoc/>
    public Value Snapshot() => Maps.ToValue(_values);

    /// <inheritdoc/>
    public void Restore(Value snapshot) => Maps.Restore(_values, snapshot);
}
