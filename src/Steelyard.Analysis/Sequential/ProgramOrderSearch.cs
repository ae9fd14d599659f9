using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Analysis.Models;

namespace Steelyard.Analysis.Sequential;

/// <summary>
/// Searches an order of all operations that keeps the order of each process and that the specification
/// allows. A configuration is how far every process has come, and the states; none is entered twice. A step
/// that only observes and agrees is taken at once, as it would fit no better later. Deciding this is
/// NP-complete (Gibbons &amp; Korach 1997, section 3), so the limit counts configurations.
/// </summary>
internal sealed class ProgramOrderSearch
{
    // Configurations are kept: 256 MB of them, whatever the limit says.
    const long MostWords = 64L << 20;

    readonly ProgramOrder _order;
    readonly int _processes;
    readonly HashSet<int[]> _visited = new(new SameWords());
    readonly List<(int[] Configuration, int Taken, int[] Moves, int Next)> _frames = [];
    readonly List<int> _taken = [];

    public ProgramOrderSearch(ProgramOrder order) => (_order, _processes) = (order, order.Processes.Count);

    /// <summary>Configurations entered.</summary>
    public long States => _visited.Count;

    /// <summary>The order found: history indices.</summary>
    public int[] Found => [.. _taken];

    /// <summary>Searches until an order is found, none is left, or the limit is reached.</summary>
    public SearchEnd Run(long stateLimit)
    {
        var configuration = new int[_processes + _order.Objects];
        var limit = Math.Min(stateLimit, MostWords / (configuration.Length + 4));
        if (Enter(configuration))
            return SearchEnd.Found;
        while (_frames.Count > 0)
        {
            if (TakeMove() is not { } next)
                continue;
            if (Enter(next))
                return SearchEnd.Found;
            if (_visited.Count > limit)
                return SearchEnd.LimitReached;
        }

        return SearchEnd.None;
    }

    // True when nothing that must happen is left.
    bool Enter(int[] configuration)
    {
        Settle(configuration);
        if (IsDone(configuration))
            return true;
        if (_visited.Add(configuration))
            _frames.Add((configuration, _taken.Count, Moves(configuration), 0));
        return false;
    }

    void Settle(int[] at)
    {
        for (var moved = true; moved;)
        {
            moved = false;
            for (var process = 0; process < _processes; process++)
                while (at[process] < _order.Processes[process].Length
                    && _order.Processes[process][at[process]] is { Observes: true } step
                    && _order.After(at[_processes + step.Object], step) == at[_processes + step.Object])
                {
                    at[process]++;
                    _taken.Add(step.Operation);
                    moved = true;
                }
        }
    }

    bool IsDone(int[] at)
    {
        for (var process = 0; process < _processes; process++)
            for (var i = at[process]; i < _order.Processes[process].Length; i++)
                if (!_order.Processes[process][i].IsOptional)
                    return false;
        return true;
    }

    // Those invoked first come first: most systems are not far from real time.
    int[] Moves(int[] at) =>
    [
        .. Enumerable.Range(0, _processes)
            .Where(process => at[process] < _order.Processes[process].Length)
            .OrderBy(process => _order.Processes[process][at[process]].Operation),
        .. Enumerable.Range(0, _processes)
            .Where(process => at[process] < _order.Processes[process].Length
                && _order.Processes[process][at[process]].IsOptional)
            .Select(process => ~process),
    ];

    // The next configuration that the last frame leads to; null when that move was refused or none is left. A
    // move that is a complement leaves its operation out.
    int[]? TakeMove()
    {
        var frame = _frames[^1];
        _taken.RemoveRange(frame.Taken, _taken.Count - frame.Taken);
        if (frame.Next == frame.Moves.Length)
        {
            _frames.RemoveAt(_frames.Count - 1);
            return null;
        }

        _frames[^1] = frame with { Next = frame.Next + 1 };
        var move = frame.Moves[frame.Next];
        int[] next = [.. frame.Configuration];
        if (move < 0)
        {
            next[~move]++;
            return next;
        }

        var step = _order.Processes[move][next[move]++];
        ref var state = ref next[_processes + step.Object];
        state = _order.After(state, step);
        if (state == StateMachine.Refused)
            return null;
        _taken.Add(step.Operation);
        return next;
    }

    sealed class SameWords : IEqualityComparer<int[]>
    {
        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] words)
        {
            var hash = 0x9E3779B97F4A7C15UL;
            foreach (var word in words)
                hash = ((hash ^ (uint)word) * 0xFF51AFD7ED558CCDUL) ^ (hash >> 29);
            return (int)(hash ^ (hash >> 32));
        }
    }
}
