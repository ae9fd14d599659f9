using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Quorum;

/// <summary>Asks several nodes the same thing at once and goes on when enough of them have
/// answered.</summary>
/// <typeparam name="T">The kind of reply that counts; any other is as good as silence.</typeparam>
sealed class QuorumCall<T>(IClientWorld world, int enough)
    where T : Message
{
    readonly TaskCompletionSource _enough = new();
    readonly SortedDictionary<int, T> _replies = [];
    int _asked;

    /// <summary>The replies so far, by the index of the node.</summary>
    public IReadOnlyDictionary<int, T> Replies => _replies;

    /// <summary>True when enough nodes have answered.</summary>
    public bool IsEnough => _replies.Count >= enough;

    /// <summary>Ends when enough nodes have answered, or none of those asked is awaited any more.</summary>
    public Task Done => _enough.Task;

    /// <summary>Asks a node; all are to be asked before <see cref="Done"/> is awaited.</summary>
    public void Ask(NodeId node, Message question, TimeSpan timeout)
    {
        _asked++;
        _ = AskOne(node, question, timeout);
    }

    async Task AskOne(NodeId node, Message question, TimeSpan timeout)
    {
        try
        {
            if (await world.Call(node, question, timeout) is T reply)
                _replies[node.Index] = reply;
        }
        catch (Exception failure)
        {
            _enough.TrySetException(failure);
            throw;
        }

        _asked--;
        if (IsEnough || _asked == 0)
            _enough.TrySetResult();
    }
}
