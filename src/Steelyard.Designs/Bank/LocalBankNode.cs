using Steelyard.Designs.AntiEntropy;
using Steelyard.Designs.Requests;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Bank;

/// <summary>
/// A branch that decides alone: it accepts a transfer when its own copy of the account can pay, and tells the
/// others afterwards. Copies converge, for sums do not care for order; but two branches that do not hear each
/// other accept two transfers of the same money, and afterwards nobody can take either back.
/// </summary>
sealed class LocalBankNode : INode, IShowsState
{
    readonly INodeWorld _world;
    readonly EventLog _log;
    readonly bool _dedup;
    readonly SortedDictionary<long, long> _balances;
    readonly SortedSet<GossipEntry> _applied = [];
    readonly HashSet<Value> _known = [];

    // A customer who was told no must not pay all the same, when another copy of the request comes later.
    readonly HashSet<Value> _refused = [];
    readonly Dictionary<Value, List<NodeId>> _saving = [];
    readonly SortedDictionary<long, long> _spending = [];

    public LocalBankNode(INodeWorld world, IReadOnlyDictionary<long, long> opening, bool dedup)
    {
        _world = world;
        _dedup = dedup;
        _balances = new(opening.ToDictionary());
        _log = new(world, new(), Apply);
    }

    public void Start() => _log.Start();

    public void ShowState(StateSheet sheet)
    {
        sheet.Add("refused", _refused.Count);
        sheet.Add("transfers", _applied.Count);
    }

    public void Receive(NodeId from, Message message)
    {
        if (_log.TryReceive(from, message))
            return;
        if (message is not Request request)
            throw new UnexpectedMessageException(_world.Self, from, message);
        switch (request.Command.Function)
        {
            case Functions.Balances:
                Reply(from, BankValues.OfBalances(_balances));
                break;
            case Functions.ReplicaState:
                Reply(from, State());
                break;
            default:
                Transfer(from, request.Command.Input);
                break;
        }
    }

    void Reply(NodeId to, Value output) => _world.Send(to, new Answer(Completion.Ok(output), 0));

    void Transfer(NodeId from, Value transfer)
    {
        var (id, account) = (transfer["id"], transfer["from"].AsInteger);
        if (_dedup && _known.Contains(id))
            Reply(from, Value.Of(true));
        else if (_dedup && _saving.TryGetValue(id, out var others))
            others.Add(from);
        else if ((_dedup && _refused.Contains(id)) || !CanPay(account, transfer["amount"].AsInteger))
            Refuse(from, id);
        else
            Accept(from, transfer);
    }

    bool CanPay(long account, long cents) =>
        _balances[account] - _spending.GetValueOrDefault(account) >= cents;

    void Refuse(NodeId from, Value id)
    {
        _refused.Add(id);
        Reply(from, Value.Of(false));
    }

    void Accept(NodeId from, Value transfer)
    {
        var (id, account, cents) = (transfer["id"], transfer["from"].AsInteger, transfer["amount"].AsInteger);
        var waiting = new List<NodeId> { from };
        _saving[id] = waiting;
        // What is being saved is spent already: the next transfer must not spend it once more.
        _spending[account] = _spending.GetValueOrDefault(account) + cents;
        _log.Append(transfer, () =>
        {
            _saving.Remove(id);
            _spending[account] -= cents;
            foreach (var waiter in waiting)
                Reply(waiter, Value.Of(true));
        });
    }

    void Apply(GossipEntry entry)
    {
        if (!_known.Add(entry.Payload["id"]) && _dedup)
            return;
        _applied.Add(entry);
        var cents = entry.Payload["amount"].AsInteger;
        _balances[entry.Payload["from"].AsInteger] -= cents;
        _balances[entry.Payload["to"].AsInteger] += cents;
    }

    Value State()
    {
        var ids = new List<Value>(_applied.Count);
        foreach (var entry in _applied)
            ids.Add(entry.Payload["id"]);
        // Ids accepted at two branches count once, but which copy was first differs: list them by id then.
        if (_dedup)
            ids.Sort();
        return Value.Map(("balances", BankValues.OfBalances(_balances)), ("applied", Value.List([.. ids])));
    }
}
