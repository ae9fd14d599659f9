namespace Steelyard.Histories;

/// <summary>
/// Takes down what happens in a run, event by event and in order: whole (<see cref="HistoryBuilder"/>), or
/// only what its figures need.
/// </summary>
public interface IOperationRecorder
{
    /// <summary>Records an invocation.</summary>
    /// <param name="process">Who invokes; must have nothing open and must not have ended Info before.</param>
    /// <param name="function">What is asked; see <see cref="Functions"/>.</param>
    /// <param name="key">What it is asked of, or nil.</param>
    /// <param name="input">The argument, or nil.</param>
    /// <param name="timeNs">When, in ns of the run.</param>
    /// <param name="intendedNs">When it was due, in ns; null means <paramref name="timeNs"/>.</param>
    /// <param name="node">The node the client stands beside, or null.</param>
    /// <param name="traits">What it is besides.</param>
    /// <returns>A number to complete it with.</returns>
    int Invoke(
        int process, string function, Value key, Value input, long timeNs = 0, long? intendedNs = null,
        string? node = null, OperationTraits traits = OperationTraits.None);

    /// <summary>Records the completion of an operation.</summary>
    /// <param name="operation">The number <see cref="Invoke"/> gave.</param>
    /// <param name="outcome">Ok, Fail or Info.</param>
    /// <param name="output">The result, or nil.</param>
    /// <param name="timeNs">When, in ns of the run.</param>
    /// <param name="error">Why it did not end Ok, or null.</param>
    void Complete(int operation, Outcome outcome, Value output, long timeNs = 0, string? error = null);

    /// <summary>Records a fault event; its position is set here.</summary>
    void Add(FaultEvent fault);

    /// <summary>Says of each fault of a plan whether it had an effect, when that is known.</summary>
    /// <param name="hadEffect">By the fault's place in the plan.</param>
    void SetEffects(Func<int, bool?> hadEffect);

    /// <summary>Marks where a phase begins: here.</summary>
    void Mark(HistoryPhase phase, long timeNs);

    /// <summary>What was kept up to now, as <see cref="Build"/> gives it, while the recording goes on: what
    /// is recorded later does not change it.</summary>
    History SoFar();

    /// <summary>What was kept, as a history: the operations may be missing, faults and phases are
    /// not.</summary>
    History Build();
}
