using Microsoft.ML.Nas.Onnx;

/// <summary>Customers as the exported file takes them: one tensor a column.</summary>
internal static class RawRows
{
    public static Dictionary<string, OnnxTensor> Of(OnnxSession session, IReadOnlyList<Customer> customers) => session.Inputs.ToDictionary(
        static input => input.Name,
        input =>
        {
            var property = typeof(Customer).GetProperty(input.Name)!;
            return property.PropertyType == typeof(string)
                ? OnnxTensor.Create(customers.Select(customer => (string)property.GetValue(customer)!).ToArray(), customers.Count, 1)
                : (OnnxTensor)OnnxTensor.Create(customers.Select(customer => (float)property.GetValue(customer)!).ToArray(), customers.Count, 1);
        });
}
