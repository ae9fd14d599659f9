using Steelyard.Histories;

namespace Steelyard.Analysis.Measurements;

/// <summary>An operation that was invoked; see <see cref="SampledOperation"/> for its parts.</summary>
internal readonly record struct UnendedOperation(
    int Process, string Function, Value Key, Value Input, long DueNs, long InvokedNs, string? Node,
    bool IsRequest, bool IsSent)
{
    /// <summary>It whole, with its end.</summary>
    public SampledOperation Sample(Outcome outcome, Value output, long completedNs, string? error) =>
        new(Process, Function, Key, Input, DueNs, InvokedNs, Node, IsRequest)
        {
            IsSent = IsSent, Outcome = outcome, Output = output, CompletedNs = completedNs, Error = error,
        };
}

/// <summary>Operations without an end, each in a place that is used again: a million of them that come and go
/// allocate nothing.</summary>
internal sealed class UnendedOperations
{
    readonly Stack<int> _free = new();
    UnendedOperation[] _operations = new UnendedOperation[16];
    bool[] _isOpen = new bool[16];
    int _used;

    /// <summary>Keeps one.</summary>
    /// <returns>Its place, by which it is ended.</returns>
    public int Add(in UnendedOperation operation)
    {
        if (!_free.TryPop(out var place))
        {
            if (_used == _operations.Length)
            {
                Array.Resize(ref _operations, _used * 2);
                Array.Resize(ref _isOpen, _used * 2);
            }

            place = _used++;
        }

        (_operations[place], _isOpen[place]) = (operation, true);
        return place;
    }

    /// <summary>Takes one away.</summary>
    /// <returns>It, until the next one is kept.</returns>
    /// <exception cref="InvalidOperationException">None is open there.</exception>
    public ref readonly UnendedOperation End(int place)
    {
        if ((uint)place >= (uint)_used || !_isOpen[place])
            throw new InvalidOperationException($"operation {place} is not open");
        _isOpen[place] = false;
        _free.Push(place);
        return ref _operations[place];
    }
}
