using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Presence.Api;

/// <summary>
/// What a host knows of everybody, a little behind the registry. Of each user only the last change counts:
/// who knows all up to a place of the sequence needs those after it, however many came between.
/// </summary>
internal sealed class Feed(Registry registry, TimeProvider time)
    : Repeating(time, TimeSpan.FromMilliseconds(100))
{
    readonly SortedDictionary<int, PresenceChange> _last = [];
    TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The place in the sequence up to which all is known here.</summary>
    public long Head { get; private set; }

    /// <summary>Completes with the next change.</summary>
    public Task News => _news.Task;

    /// <summary>What is new of some users after a place in the sequence.</summary>
    public Update After(long seq, IEnumerable<int> users) => new(
        Math.Max(seq, Head),
        [.. users.Select(_last.GetValueOrDefault).OfType<PresenceChange>().Where(change => change.Seq > seq)
            .OrderBy(change => change.Seq)]);

    /// <inheritdoc/>
    protected override async Task<bool> Turn(CancellationToken cancellation)
    {
        var changes = await registry.After(Head).ConfigureAwait(false);
        if (changes.Count == 0)
            return false;
        foreach (var change in changes)
            _last[change.User] = change;
        Head = changes[^1].Seq;
        var news = _news;
        _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
        news.SetResult();
        return false;
    }
}
