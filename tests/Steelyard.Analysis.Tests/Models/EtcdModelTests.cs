using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Models;

/// <summary>Every answer that a store with revisions may give, and its wrong twin.</summary>
public class EtcdModelTests
{
    const string Start = "put key=a 1 => {revision: 2}; put key=b 2 => {revision: 3}; ";

    [Theory]
    [InlineData("get key=a => {revision: 3, value: 1, mod: 2, version: 1}", "get key=a => {mod: 3}")]
    [InlineData("get key=c => {revision: 3, value: nil, mod: 0}", "get key=c => {revision: 4}")]
    [InlineData("put key=a 5 => {revision: 4}; get key=a => {version: 2}", "put key=a 5 => {revision: 3}")]
    [InlineData("delete key=a => {revision: 4, deleted: 1}", "delete key=a => {revision: 4, deleted: 0}")]
    [InlineData("delete key=c => {revision: 3, deleted: 0}", "delete key=c => {revision: 4}")]
    [InlineData("delete key=a; put key=a 7; get key=a => {revision: 5, version: 1}", "delete key=a; get"
        + " key=a => {value: 1}")]
    [InlineData("range [a, c] => {count: 2, kvs: [{key: a, value: 1}, {key: b, value: 2, mod: 3}]}", "range"
        + " [a, c] => {count: 1}")]
    [InlineData("range [a, c, 1] => {count: 2, kvs: [{key: a}]}", "range [a, b] => {count: 2}")]
    [InlineData(
        "txn {if: [{key: a, mod: 2}], then: [[put, a, 3], [get, b], [delete, b]], else: []} => {revision: 4,"
        + " succeeded:"
            + " true, results: [{}, {kvs: [{key: b, value: 2}], count: 1}, {deleted: 1}]}",
        "txn {if: [{key: a, mod: 2}], then: [], else: []} => {succeeded: false}")]
    [InlineData(
        "txn {if: [{key: a, mod: 9}], then: [[put, a, 3]], else: [[get, a]]} => {revision: 3, succeeded:"
        + " false}",
        "txn {if: [{key: a, mod: 9}], then: [[put, a, 3]], else: [[get, a]]} => {revision: 4, succeeded:"
        + " true}")]
    [InlineData(
        "txn {if: [{key: a, version: 1}, {key: c, mod: 0}], then: [], else: []} => {revision: 3, succeeded:"
        + " true}",
        "txn {if: [{key: a, version: 2}], then: [], else: []} => {succeeded: true}")]
    [InlineData(
        "lease-grant 7 => {revision: 3}; put key=c {value: 1, lease: 7} => {revision: 4}; lease-revoke 7 =>"
        + " {revision: 5};"
            + " get key=c => {value: nil}",
        "lease-grant 7; put key=c {value: 1, lease: 7}; lease-revoke 7; get key=c => {value: 1}")]
    [InlineData("put key=c {value: 1, lease: 8} => {revision: 3}", "put key=c {value: 1, lease: 8} =>"
        + " {revision: 4}")]
    public void What_a_store_with_revisions_answers_is_told_from_what_it_does_not(string right, string wrong)
    {
        Assert.Equal(Validity.Valid, Judge(Start + right));
        Assert.Equal(Validity.Invalid, Judge(Start + wrong));
    }

    [Fact]
    public void A_write_of_unknown_outcome_is_known_by_the_revisions_after_it()
    {
        const string text = "0 invoke put key=a 1\n0 info put\n1 invoke put key=b 2\n1 ok put key=b"
            + " {revision: ";

        Assert.Equal(Validity.Valid, Judge(History.Parse(text + "3}")));
        Assert.Equal(Validity.Valid, Judge(History.Parse(text + "2}")));
        Assert.Equal(Validity.Invalid, Judge(History.Parse(text + "4}")));
    }

    [Fact]
    public void What_a_watch_says_of_a_write_is_a_hint_and_no_more()
    {
        const string text = "0 invoke put key=a 1\n0 info put\n1 invoke get key=a\n1 ok get {revision: 2,"
            + " value: 1}\n"
            + "2 invoke watch\n2 ok watch [{events: [{type: put, key: a, value: 1, revision: 77}]}]\n";

        Assert.Equal(Validity.Valid, Judge(History.Parse(text)));
        Assert.Equal(Validity.Invalid, Judge(History.Parse(text.Replace("{revision: 2,", "{revision: 77,"))));
    }

    [Theory]
    [InlineData("txn [[put, a, 1]]")]
    [InlineData("txn {if: [], then: [[put, a]], else: []}")]
    [InlineData("range [a]")]
    [InlineData("get key=a => 7")]
    public void What_no_store_can_read_is_refused(string text) =>
        Assert.Throws<UserMistakeException>(() => Judge(text));

    // One process after another: function, input => answer.
    static Validity Judge(string operations)
    {
        var lines = new List<string>();
        foreach (var operation in operations.Split("; "))
        {
            var parts = operation.Split(" => ");
            lines.Add($"0 invoke {parts[0]}");
            lines.Add($"0 ok {parts[0].Split(' ')[0]} {(parts.Length > 1 ? parts[1] : "")}");
        }

        return Judge(History.Parse(string.Join('\n', lines)));
    }

    static Validity Judge(History history) => new Linearizable(KnownModels.Etcd()).Check(history).Validity;
}
