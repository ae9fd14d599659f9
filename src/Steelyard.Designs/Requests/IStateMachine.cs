using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Requests;

/// <summary>
/// A deterministic machine that replicas step through the same commands: equal commands in equal order
/// leave equal states and give equal answers (Schneider 1990). It takes nothing from anywhere else: no
/// clock, no randomness.
/// </summary>
internal interface IStateMachine
{
    /// <summary>True when the function changes nothing: such commands need no place in the log.</summary>
    bool IsRead(string function);

    /// <summary>Carries a command out.</summary>
    /// <returns>Ok with the result, or Fail when the machine says no; never Info.</returns>
    Completion Apply(in Command command);

    /// <summary>The whole state, as a value.</summary>
    Value Snapshot();

    /// <summary>Becomes the state of a <see cref="Snapshot"/>; nil is the initial state.</summary>
    void Restore(Value snapshot);
}
